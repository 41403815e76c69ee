// The map: boundaries from Varta's own data, tiles only if the operator named some, calls and crews as pins.
// It shows what the rows say (data-lat, data-lon, data-letter …) and follows them.

import { open, chosenKey } from "./choosing.js";
import { rowOf, rowsOf } from "./rows.js";
import { styleOf } from "./mapstyle.js";

const holder = document.querySelector("[data-map]");
const says = holder?.querySelector("[data-map-says]");
/** @type {Map<string, {marker: any, element: HTMLElement}>} pins by the id of their row */
const pins = new Map();
let gl = null;
let map = null;

const say = (word) => { says.hidden = false; says.textContent = says.getAttribute(`data-word-${word}`); };
const able = () => { try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch { return false; } };

async function draw() {
  if (map || !holder) return;
  if (!able()) return say("missing");
  map = "soon";
  try {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = holder.dataset.style;
    document.head.append(sheet);
    gl = await import("../vendor/maplibre-gl.mjs");
    const [west, south, east, north] = holder.dataset.box.split(",").map(Number);
    const words = holder.dataset;
    map = new gl.Map({
      container: holder,
      style: await styleOf(holder, gl),
      bounds: around() ?? [[west, south], [east, north]],
      fitBoundsOptions: { padding: 40, maxZoom: 13 },
      attributionControl: words.tiles ? { compact: true } : false,
      dragRotate: false, pitchWithRotate: false, maxZoom: 18, minZoom: 4,
      locale: {
        "Map.Title": words.wordMap, "NavigationControl.ZoomIn": words.wordIn,
        "NavigationControl.ZoomOut": words.wordOut, "NavigationControl.ResetBearing": words.wordNorth,
      },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
    map.on("load", () => { holder.dataset.ready = "1"; moreBoundaries(); });
    map.on("moveend", moreBoundaries);
    map.on("sourcedata", (event) => { if (event.sourceId === "tiles" && event.tile) holder.dataset.tilesCame = "1"; });
    says.hidden = true;
    all();
    homeButton([[west, south], [east, north]]);
  } catch {
    map = null;
    say("failed");
  }
}

/** The box of what the lists show: a city's calls are not a spot in its oblast. */
function around() {
  const rows = [...rowsOf("call"), ...rowsOf("crew")].filter((row) => row.dataset.lat);
  if (rows.length < 2) return null;
  const lats = rows.map((row) => Number(row.dataset.lat));
  const lons = rows.map((row) => Number(row.dataset.lon));
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

/** Hromadas of an oblast are fetched when it is seen from near. */
const fetched = new Set();
async function moreBoundaries() {
  if (map.getZoom() < 7.2 || !map.getSource("hromadas")) return;
  const bounds = map.getBounds();
  const seen = map.queryRenderedFeatures({ layers: ["oblast-area"] }).map((one) => one.properties.code);
  for (const code of new Set([...holder.dataset.oblasts.split(",").filter(() => bounds), ...seen])) {
    if (!code || fetched.has(code) || fetched.size > 8) continue;
    fetched.add(code);
    const answer = await fetch(`${holder.dataset.shapes}3/${code}.json`).catch(() => null);
    if (!answer?.ok) { fetched.delete(code); continue; }
    const { features } = await answer.json();
    map.getSource("hromadas").updateData({ add: features.map((one) => ({ ...one, id: one.properties.code })) });
  }
}

function homeButton(bounds) {
  const button = document.querySelector("[data-map-home]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => map.fitBounds(bounds, { padding: 24, maxZoom: 13 }));
}

/** Draw the pin of a row anew, or take it away. @param {string} kind @param {string} key */
function pin(kind, key) {
  const id = `${kind}-${key}`;
  const row = rowOf(kind, key);
  const old = pins.get(id);
  if (!row?.dataset.lat) {
    old?.marker.remove();
    pins.delete(id);
    return;
  }
  const where = [coarse(row.dataset.lon), coarse(row.dataset.lat)];
  const element = old?.element ?? made(kind, key);
  dress(element, row);
  if (old) old.marker.setLngLat(where);
  else pins.set(id, { element, marker: new gl.Marker({ element, anchor: kind === "call" ? "bottom" : "center" }).setLngLat(where).addTo(map) });
}

/** On a wall, where visitors may pass, a pin stands within a kilometre of its place. @param {string} degrees */
const coarse = (degrees) => (document.body.classList.contains("on-wall") ? Math.round(Number(degrees) * 100) / 100 : Number(degrees));

function made(kind, key) {
  const element = document.createElement("button");
  element.type = "button";
  element.tabIndex = -1; // the rows are the way for keys
  element.addEventListener("click", (event) => { event.stopPropagation(); choose(kind, key); });
  return element;
}

function dress(element, row) {
  const { kind, key, category, state, letter, sign, number } = row.dataset;
  const chosen = kind === "call" && key === chosenKey();
  for (const name of [...element.classList]) if (!name.startsWith("maplibregl")) element.classList.remove(name);
  element.classList.add("pin", kind === "call" ? "pin-call" : "pin-crew", `is-${state}`);
  if (kind === "call") element.classList.add(category);
  if (chosen) element.classList.add("chosen");
  element.textContent = kind === "call" ? letter : sign;
  const words = holder.dataset;
  element.setAttribute("aria-label", kind === "call" ? `${words.wordCall} ${number}` : `${words.wordCrew} ${sign}`);
  element.title = row.querySelector(".call-what a, .crew-sign")?.textContent.trim() ?? "";
}

function choose(kind, key) {
  const row = rowOf(kind, key);
  if (!row) return;
  row.scrollIntoView({ block: "nearest" });
  if (kind === "call") { open(row.querySelector("a[data-open]").href); return; }
  document.querySelectorAll(".crew.chosen").forEach((other) => other.classList.remove("chosen"));
  row.classList.add("chosen");
}

function all() {
  if (!map || map === "soon") return;
  const here = new Set();
  for (const kind of ["crew", "call"]) {
    for (const row of rowsOf(kind)) { here.add(row.id); pin(kind, row.dataset.key); }
  }
  for (const [id, { marker }] of pins) if (!here.has(id)) { marker.remove(); pins.delete(id); }
}

function chosen() {
  if (!map || map === "soon") return;
  const key = chosenKey();
  for (const [id, { element, marker }] of pins) {
    const is = id === `call-${key}`;
    element.classList.toggle("chosen", is);
    if (is && !map.getBounds().contains(marker.getLngLat())) map.easeTo({ center: marker.getLngLat() });
  }
}

if (holder) {
  document.addEventListener("varta:row", ({ detail: { kind, key } }) => {
    if (!map || map === "soon") return;
    if (kind === "all") all();
    else pin(kind, key);
  });
  document.addEventListener("varta:panel", chosen);
  // Where the map is behind a tab it is not fetched before somebody looks at it.
  new IntersectionObserver((seen, watch) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    draw();
  }).observe(holder);
  says.hidden = true;
}
