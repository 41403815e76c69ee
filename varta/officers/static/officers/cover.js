// The map of cover: boundaries of Varta's own, each hromada in the colour of its class in the legend.
// The table on the page says the same and more; whoever has no map loses nothing.

const holder = document.querySelector("[data-cover-map]");
const says = holder?.querySelector("[data-map-says]");
const tells = document.querySelector("[data-map-tells]");
const PATTERN = 8; // pixels of a stripe's square
const STRIPED = { front_line: 1, occupied: -1 }; // which way the stripes lean

const say = (word) => { says.hidden = false; says.textContent = says.getAttribute(`data-word-${word}`); };
const able = () => { try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch { return false; } };

/** The classes of the legend: key, word, colour and the colour of the stripes. */
function classes() {
  return [...document.querySelectorAll(".legend [data-class]")].map((swatch) => {
    const { backgroundColor, color } = getComputedStyle(swatch);
    return { key: swatch.dataset.class, word: swatch.parentElement.querySelector("[data-word]").textContent, backgroundColor, color };
  });
}

/** A variable of the page as a colour. @param {string} name */
function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  holder.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** A square of stripes that repeats without a seam. */
function stripes({ backgroundColor, color }, lean) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = PATTERN;
  const pen = canvas.getContext("2d");
  pen.fillStyle = backgroundColor;
  pen.fillRect(0, 0, PATTERN, PATTERN);
  pen.fillStyle = color;
  for (let y = 0; y < PATTERN; y += 1) {
    for (let wide = 0; wide < 3; wide += 1) pen.fillRect((((lean * y) % PATTERN) + PATTERN + wide) % PATTERN, y, 1, 1);
  }
  return pen.getImageData(0, 0, PATTERN, PATTERN);
}

const fetched = async (level, within) => {
  const answer = await fetch(`${holder.dataset.shapes}${level}/${within}.json`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

function style(hromadas, oblasts, listed) {
  const plain = listed.filter(({ key }) => !(key in STRIPED));
  const fill = ["match", ["get", "class"], ...plain.flatMap(({ key, backgroundColor }) => [key, backgroundColor]), colour("--card")];
  const lang = document.documentElement.lang === "en" ? "en" : "uk";
  return {
    version: 8,
    sources: {
      hromadas: { type: "geojson", data: hromadas, promoteId: "code" },
      oblasts: { type: "geojson", data: oblasts, promoteId: "code" },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("--sunk") } },
      { id: "oblast-area", type: "fill", source: "oblasts", paint: { "fill-color": colour("--card") } },
      { id: "area", type: "fill", source: "hromadas", filter: ["has", "class"], paint: { "fill-color": fill } },
      { id: "edge", type: "line", source: "hromadas", paint: { "line-color": colour("--card"), "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.3, 9, 1.2] } },
      { id: "oblast-edge", type: "line", source: "oblasts", paint: { "line-color": colour("--text"), "line-width": 1.2 } },
      { id: "pointed", type: "line", source: "hromadas", filter: ["==", ["get", "code"], ""], paint: { "line-color": colour("--accent"), "line-width": 3 } },
      {
        id: "oblast-name", type: "symbol", source: "oblasts", maxzoom: 7,
        layout: { "text-field": ["get", lang], "text-size": 11, "text-max-width": 7, "text-padding": 6 },
        paint: { "text-color": "#1a2233", "text-halo-color": "#ffffff", "text-halo-width": 1.4 },
      },
      {
        id: "hromada-name", type: "symbol", source: "hromadas", minzoom: 8,
        layout: { "text-field": ["get", lang], "text-size": 11, "text-max-width": 7, "text-padding": 6 },
        paint: { "text-color": "#1a2233", "text-halo-color": "#ffffff", "text-halo-width": 1.4 },
      },
    ],
  };
}

/** West, south, east and north of what is drawn. */
function around(hromadas) {
  const box = [180, 90, -180, -90];
  const widen = (part) => {
    if (typeof part[0] !== "number") return part.forEach(widen);
    box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
  };
  hromadas.features.filter((one) => one.properties.class).forEach((one) => widen(one.geometry.coordinates));
  return box;
}

async function draw() {
  if (!able()) return say("missing");
  try {
    const { within, box, query } = holder.dataset;
    const classOf = JSON.parse(document.getElementById("cover-classes").textContent);
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: holder.dataset.style });
    document.head.append(sheet);
    const [gl, hromadas, oblasts] = await Promise.all([import("../vendor/maplibre-gl.mjs"), fetched(3, within), fetched(1, "UA")]);
    for (const { properties } of hromadas.features) if (classOf[properties.code]) properties.class = classOf[properties.code];
    const listed = classes();
    const words = Object.fromEntries(listed.map(({ key, word }) => [key, word]));
    const [west, south, east, north] = box ? box.split(",").map(Number) : around(hromadas);
    const map = new gl.Map({
      container: holder, style: style(hromadas, oblasts, listed), bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 12 },
      attributionControl: false, dragRotate: false, pitchWithRotate: false, minZoom: 3.5, maxZoom: 12,
      canvasContextAttributes: { preserveDrawingBuffer: true }, // so that it prints
      locale: { "Map.Title": holder.dataset.wordMap, "NavigationControl.ZoomIn": holder.dataset.wordIn, "NavigationControl.ZoomOut": holder.dataset.wordOut },
    });
    map.on("load", () => listed.filter(({ key }) => key in STRIPED).forEach((one) => {
      map.addImage(one.key, stripes(one, STRIPED[one.key]));
      map.addLayer({ id: `area-${one.key}`, type: "fill", source: "hromadas", filter: ["==", ["get", "class"], one.key], paint: { "fill-pattern": one.key } }, "edge");
    }));
    map.scrollZoom.disable(); // the page scrolls; the buttons, two fingers and a double click zoom
    map.touchZoomRotate.disableRotation();
    map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
    map.on("idle", () => { holder.dataset.ready = "1"; });
    point(map, words, query);
    says.hidden = true;
  } catch {
    say("failed");
  }
}

/** Name what is pointed at, and open it. */
function point(map, words, query) {
  const lang = document.documentElement.lang === "en" ? "en" : "uk";
  const at = (event) => map.queryRenderedFeatures(event.point).find((one) => one.source === "hromadas" && one.properties.class);
  map.on("mousemove", (event) => {
    const found = at(event)?.properties;
    map.getCanvas().style.cursor = found ? "pointer" : "";
    map.setFilter("pointed", ["==", ["get", "code"], found?.code ?? ""]);
    tells.textContent = found ? `${found[lang]}: ${words[found.class]}` : "";
  });
  map.on("click", (event) => {
    const found = at(event)?.properties;
    if (found) location.href = `${found.code}/?${query}`;
  });
}

if (holder) new IntersectionObserver((seen, watch) => {
  if (!seen.some((one) => one.isIntersecting)) return;
  watch.disconnect();
  draw();
}).observe(holder);
