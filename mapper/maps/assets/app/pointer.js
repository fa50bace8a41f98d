// What the pointer does on the map: opens what it clicks, and says what it is over.

function listen(map, scene, { openIncident, openGroup, openFeature }) {
  const { model } = scene;
  const under = (event) => hitTest(scene, event.containerPoint, scene.pad);
  const tip = L.tooltip({ direction: "top", offset: [0, -10], opacity: 1, className: "tip" });
  const clicks = { point: ({ i }) => openIncident(i, false), area: openArea, cluster: openCluster, feature: openFeature, province: openProvince };
  map.on("click", (event) => {
    const hit = under(event);
    if (hit) clicks[hit.kind]?.(hit);
  });
  map.on("mousemove", (event) => {
    const hit = under(event);
    map.getContainer().classList.toggle("over", Boolean(hit && clicks[hit.kind]));
    const words = hit && tipWords(hit);
    if (!words) return map.closeTooltip(tip);
    tip.setLatLng([hit.lat ?? event.latlng.lat, hit.lon ?? event.latlng.lng]).setContent(said("span", words));
    return map.openTooltip(tip);
  });
  map.on("mouseout movestart", () => map.closeTooltip(tip));

  function tipWords(hit) {
    const of = model.incidents;
    if (hit.kind === "cluster") return t("n_incidents", hit.count);
    if (hit.kind === "mention") return t("mentioned", model.data.mentions.name[hit.k] || "?", model.data.mentions.count[hit.k]);
    if (hit.kind === "province") return `${model.data.provinces.name[hit.province]}: ${t("n_incidents", provincesOf(scene).counts[hit.province])}`;
    if (hit.kind === "feature") return hit.feature.properties[0]?.[1].slice(0, 120) || hit.overlay.name;
    if (hit.kind !== "point") return null;
    const { type, place } = heading(model, hit.i);
    return `${type}: ${place}, ${whenWords(of.date_start[hit.i], of.date_end[hit.i], of.date_precision[hit.i], true)}`;
  }

  function openArea({ group }) {
    const incidents = scene.shown.filter((i) => group.incidents.has(i));
    if (incidents.length === 1) return openIncident(incidents[0], false);
    const [words, kind] = placeWords(scene.at.place_name[group.rows[0]], scene.at.precision[group.rows[0]]);
    return openGroup(words, `${kind}: ${t("n_incidents", incidents.length)}`, incidents);
  }

  function openProvince({ province }) {
    const inside_ = scene.shown.filter((i) => placesOf(model, i).some((row) => scene.at.province[row] === province));
    openGroup(model.data.provinces.name[province], `${t("n_incidents", inside_.length)} ${t("in_province")}`, inside_);
  }

  function openCluster(hit) {
    const members = membersOf(hit.level, hit.id);
    const zoom = splitZoom(scene.points, members);
    if (zoom <= map.getMaxZoom()) return map.setView([hit.lat, hit.lon], zoom, { animate: false });
    const found = new Set(members.map((k) => scene.at.incident[scene.points.rows[k]]));
    return openGroup(t("n_incidents", found.size), t("at_this_spot"), scene.shown.filter((i) => found.has(i)));
  }
}
