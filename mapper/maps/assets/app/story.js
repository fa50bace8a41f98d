// A story: incidents or views in a set order, each with a note, one at a time.

function makeStory(model, actions) {
  const story = model.data.story;
  if (!story) return null;
  const title = said("h2", "");
  const note = said("p", "");
  const where = element("span.fine", { role: "status" });
  const back = button(t("previous"), () => actions.step(-1, true), { class: "quiet" });
  const on = button(t("next"), () => actions.step(1, true), { class: "quiet" });
  const box = element("section.story", { "aria-label": t("story"), hidden: true },
    element("div.card-head", title, button("×", () => actions.step(null), { class: "icon", "aria-label": t("close") })),
    note, element("p.pair", back, on, where),
  );
  return { box, title, note, where, back, on, steps: story.steps, name: story.title };
}

/** Show a step, or nothing; gives the step. */
function showStep(story, number_) {
  story.box.hidden = number_ === null;
  if (number_ === null) return null;
  const step = story.steps[number_];
  story.title.textContent = step.title || story.name || t("story");
  story.note.textContent = step.note || "";
  story.where.textContent = t("step", number_ + 1, story.steps.length);
  story.back.disabled = number_ === 0;
  story.on.disabled = number_ === story.steps.length - 1;
  return step;
}
