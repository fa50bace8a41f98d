// The list beside the map, whole: rows are put into the document page by page as they come near, and taken out again.

const LIST_PAGE = 100; // rows
const LIST_FIRST = 4; // pages that are always there
const LIST_PRINTED = 10; // pages
const ROW_HEIGHT = 84; // pixels, until a page was measured

function makeList(model, choose) {
  const node = element("div.rows", { id: "rows", role: "list", "aria-label": t("incidents") });
  return { node, model, choose, shown: [], pages: [], watcher: null };
}

/** Show these incidents, in this order. */
function fillList(list, shown, open) {
  list.shown = shown;
  list.watcher?.disconnect();
  const phone = matchMedia("(max-width: 760px)").matches;
  const seen = (entries) => entries.forEach(({ target, isIntersecting }) => (isIntersecting ? fillPage(list, target) : emptyPage(target)));
  list.watcher = new IntersectionObserver(seen, { root: phone ? null : list.node.parentElement, rootMargin: "1500px 0px" });
  list.pages = [];
  for (let k = 0; k * LIST_PAGE < shown.length; k++) {
    const page = element("div", { role: "presentation" });
    page.number = k;
    if (k < LIST_FIRST) fillPage(list, page);
    else page.style.minHeight = `${Math.min(LIST_PAGE, shown.length - k * LIST_PAGE) * ROW_HEIGHT}px`;
    list.pages.push(page);
  }
  list.node.replaceChildren(...list.pages);
  for (const page of list.pages.slice(LIST_FIRST)) list.watcher.observe(page);
  markRow(list, open);
}

function fillPage(list, page) {
  if (page.childElementCount) return;
  const start = page.number * LIST_PAGE;
  const rows = list.shown.slice(start, start + LIST_PAGE).map((i, k) => {
    const place = { role: "listitem", "aria-setsize": list.shown.length, "aria-posinset": start + k + 1 };
    return element("div", place, rowButton(list.model, i, () => list.choose(i)));
  });
  page.replaceChildren(...rows);
  page.style.minHeight = "";
  if (list.open !== undefined) markIn(list, page);
}

function emptyPage(page) {
  if (!page.childElementCount || page.contains(document.activeElement)) return;
  page.style.minHeight = `${page.offsetHeight}px`;
  page.replaceChildren();
}

/** More of the list than is on the screen, for paper; gives how many rows there are now, from the first on. */
function fillForPrint(list) {
  list.watcher?.disconnect();
  list.pages.slice(0, LIST_PRINTED).forEach((page) => fillPage(list, page));
  list.pages.slice(LIST_PRINTED).forEach((page) => (page.hidden = true));
  return Math.min(list.shown.length, LIST_PRINTED * LIST_PAGE);
}

/** The row of an incident, put into the document if need be; null where it is filtered out. */
function rowOf(list, i) {
  const at = list.shown.indexOf(i);
  if (at < 0) return null;
  const page = list.pages[Math.floor(at / LIST_PAGE)];
  fillPage(list, page);
  return page.children[at % LIST_PAGE].firstChild;
}

function markRow(list, open) {
  list.open = open;
  for (const row of list.node.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  const row = open === null ? null : rowOf(list, open);
  row?.setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
}

function markIn(list, page) {
  const at = list.shown.indexOf(list.open) - page.number * LIST_PAGE;
  if (at >= 0 && at < page.childElementCount) page.children[at].firstChild.setAttribute("aria-current", "true");
}
