// The map of a plan: boundaries of Varta's own, each hromada in the colour of its class in the legend.
// The table on the page says the same and more; whoever has no map loses nothing.

const holder = document.querySelector("[data-plan-map]");
const says = holder?.querySelector("[data-map-says]");
const tells = document.querySelector("[data-map-tells]");
const lang = document.documentElement.lang === "en" ? "en" : "uk";

const say = (word) => { says.hidden = false; says.textContent = says.getAttribute(`data-word-${word}`); };
const able = () => { try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch { return false; } };

/** The classes of the legend: key, word and colour. */
const classes = () => [...document.querySelectorAll(".legend [data-class]")].map((swatch) => ({
  key: swatch.dataset.class,
  word: swatch.parentElement.querySelector("[data-word]").textContent,
  fill: getComputedStyle(swatch).backgroundColor,
}));

/** A variable of the page as a colour. @param {string} name */
function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  holder.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

const fetched = async (level, within) => {
  const answer = await fetch(`${holder.dataset.shapes}${level}/${within}.json`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const named = (id, source, zoom) => ({
  id, type: "symbol", source, ...zoom,
  layout: { "text-field": ["get", lang], "text-size": 11, "text-max-width": 7, "text-padding": 6 },
  paint: { "text-color": "#1a2233", "text-halo-color": "#ffffff", "text-halo-width": 1.4 },
});

const style = (hromadas, oblasts, listed) => ({
  version: 8,
  sources: { hromadas: { type: "geojson", data: hromadas }, oblasts: { type: "geojson", data: oblasts } },
  layers: [
    { id: "ground", type: "background", paint: { "background-color": colour("--sunk") } },
    { id: "oblast-area", type: "fill", source: "oblasts", paint: { "fill-color": colour("--card") } },
    { id: "area", type: "fill", source: "hromadas", filter: ["has", "class"], paint: { "fill-color": ["match", ["get", "class"], ...listed.flatMap(({ key, fill }) => [key, fill]), colour("--card")] } },
    { id: "edge", type: "line", source: "hromadas", paint: { "line-color": colour("--line"), "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.3, 9, 1.2] } },
    { id: "oblast-edge", type: "line", source: "oblasts", paint: { "line-color": colour("--text"), "line-width": 1.2 } },
    named("oblast-name", "oblasts", { maxzoom: 7 }),
    named("hromada-name", "hromadas", { minzoom: 8 }),
  ],
});

/** West, south, east and north of all that is drawn. */
function around(hromadas) {
  const box = [180, 90, -180, -90];
  const widen = (part) => {
    if (typeof part[0] !== "number") return part.forEach(widen);
    box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
  };
  hromadas.features.forEach((one) => widen(one.geometry.coordinates));
  return box;
}

async function draw() {
  if (!able()) return say("missing");
  try {
    const { within, box } = holder.dataset;
    const classOf = JSON.parse(document.getElementById("plan-classes").textContent);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: holder.dataset.style }));
    const [gl, hromadas, oblasts] = await Promise.all([import("../vendor/maplibre-gl.mjs"), fetched(3, within), fetched(1, "UA")]);
    for (const { properties } of hromadas.features) if (classOf[properties.code]) properties.class = classOf[properties.code];
    const listed = classes();
    const words = Object.fromEntries(listed.map(({ key, word }) => [key, word]));
    const [west, south, east, north] = box ? box.split(",").map(Number) : around(hromadas);
    const map = new gl.Map({
      container: holder, bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 12 }, style: style(hromadas, oblasts, listed),
      attributionControl: false, dragRotate: false, pitchWithRotate: false, minZoom: 3.5, maxZoom: 12,
      canvasContextAttributes: { preserveDrawingBuffer: true }, // so that it prints
      locale: { "Map.Title": holder.dataset.wordMap, "NavigationControl.ZoomIn": holder.dataset.wordIn, "NavigationControl.ZoomOut": holder.dataset.wordOut },
    });
    map.scrollZoom.disable(); // the page scrolls; the buttons, two fingers and a double click zoom
    map.touchZoomRotate.disableRotation();
    map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
    map.on("idle", () => { holder.dataset.ready = "1"; });
    map.on("mousemove", (event) => {
      const found = map.queryRenderedFeatures(event.point).find((one) => one.source === "hromadas")?.properties;
      tells.textContent = found ? `${found[lang]}${found.class ? `: ${words[found.class]}` : ""}` : "";
    });
    says.hidden = true;
  } catch {
    say("failed");
  }
}

if (holder) new IntersectionObserver((seen, watch) => {
  if (!seen.some((one) => one.isIntersecting)) return;
  watch.disconnect();
  draw();
}).observe(holder);
