// How the map is drawn: colours of the page, boundaries of Varta, the operator's tiles underneath.

/** A colour of the page as the drawing needs it. @param {HTMLElement} holder @param {string} name */
function colour(holder, name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  holder.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

const nothing = { type: "FeatureCollection", features: [] };
const line = (id, source, minzoom, width, paint) => ({
  id, type: "line", source, minzoom, layout: { "line-join": "round" }, paint: { "line-width": width, ...paint },
});
const label = (id, source, minzoom, maxzoom, size, lang, paint) => ({
  id, type: "symbol", source, minzoom, maxzoom,
  layout: { "text-field": ["get", lang], "text-size": size, "text-max-width": 7, "text-padding": 6 }, paint,
});

/** The style of the map. @param {HTMLElement} holder @param {any} gl */
export async function styleOf(holder, gl) {
  const { shapes, tiles, pmtiles, scope } = holder.dataset;
  const [from, to] = scope.split(",").map(Number);
  const lang = document.documentElement.lang === "en" ? "en" : "uk";
  const c = Object.fromEntries(["--paper", "--card", "--line", "--edge", "--muted", "--text", "--wash", "--primary", "--sunk"]
    .map((name) => [name.slice(2), colour(holder, name)]));
  const own = ["all", ["<=", ["get", "pre"], to], [">=", ["get", "end"], from]];
  const within = ["all", [">=", ["get", "pre"], from], ["<=", ["get", "pre"], to]];
  const words = { "text-color": c.muted, "text-halo-color": c.card, "text-halo-width": 1.5 };
  const under = await tilesOf(holder, gl, c);
  const covered = Boolean(under.layers.length);
  return {
    version: 8,
    sources: {
      ...under.sources,
      oblasts: { type: "geojson", data: `${shapes}1/UA.json`, promoteId: "code" },
      raions: { type: "geojson", data: `${shapes}2/UA.json`, promoteId: "code" },
      hromadas: { type: "geojson", data: nothing, promoteId: "code" },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": c.sunk } },
      { id: "oblast-area", type: "fill", source: "oblasts", paint: { "fill-color": c.card, "fill-opacity": covered ? 0 : 1 } },
      ...under.layers,
      ...["oblasts", "raions", "hromadas"].map((source) => ({
        id: `${source}-own`, type: "fill", source, filter: within,
        paint: { "fill-color": c.wash, "fill-opacity": covered ? 0.12 : 0.55 },
      })),
      line("hromada-edge", "hromadas", 7.2, 0.7, { "line-color": c.edge, "line-opacity": 0.6 }),
      line("raion-edge", "raions", 5, 1.1, { "line-color": c.edge }),
      line("oblast-edge", "oblasts", 0, 1.8, { "line-color": c.muted }),
      { ...line("own-edge", "raions", 0, 2.2, { "line-color": c.primary }), filter: own },
      label("hromada-name", "hromadas", 8.6, 24, 11.5, lang, words),
      label("raion-name", "raions", 6.8, 8.6, 12.5, lang, words),
      label("oblast-name", "oblasts", 4, 6.8, 12, lang, { ...words, "text-color": c.text }),
    ],
  };
}

/** What lies under the boundaries: raster tiles, a PMTiles file of Varta, or nothing. */
async function tilesOf(holder, gl, c) {
  const { tiles, pmtiles } = holder.dataset;
  if (tiles) {
    return {
      sources: { tiles: { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 19 } },
      layers: [{ id: "tiles", type: "raster", source: "tiles" }],
    };
  }
  return pmtiles ? packed(holder, gl, c).catch(() => ({ sources: {}, layers: [] })) : { sources: {}, layers: [] };
}

const MVT = 1; // tile type of a PMTiles header: vector; others are pictures

async function packed(holder, gl, c) {
  await script(holder.dataset.pmtilesScript);
  const address = new URL(holder.dataset.pmtiles, location.href).href;
  const archive = new window.pmtiles.PMTiles(address);
  const protocol = new window.pmtiles.Protocol();
  protocol.add(archive);
  gl.addProtocol("pmtiles", protocol.tile);
  const header = await archive.getHeader();
  if (header.tileType !== MVT) {
    return {
      sources: { tiles: { type: "raster", url: `pmtiles://${address}`, tileSize: 256 } },
      layers: [{ id: "tiles", type: "raster", source: "tiles" }],
    };
  }
  const layers = ((await archive.getMetadata()).vector_layers ?? []).map((one) => one.id);
  return {
    sources: { tiles: { type: "vector", url: `pmtiles://${address}` } },
    layers: layers.flatMap((id) => plain(id, c)),
  };
}

/** A plain look of the layers that usual schemas have (Protomaps, OpenMapTiles); others stay unseen. */
function plain(id, c) {
  const base = { id: `tile-${id}`, source: "tiles", "source-layer": id };
  const looks = {
    earth: { type: "fill", paint: { "fill-color": c.card } },
    landuse: { type: "fill", paint: { "fill-color": c.wash, "fill-opacity": 0.35 } },
    landcover: { type: "fill", paint: { "fill-color": c.wash, "fill-opacity": 0.35 } },
    water: { type: "fill", paint: { "fill-color": c.sunk }, filter: ["==", ["geometry-type"], "Polygon"] },
    buildings: { type: "fill", paint: { "fill-color": c.line } },
    building: { type: "fill", paint: { "fill-color": c.line } },
    roads: { type: "line", paint: { "line-color": c.edge, "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.4, 16, 4] } },
    transportation: { type: "line", paint: { "line-color": c.edge, "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.4, 16, 4] } },
  };
  return looks[id] ? [{ ...base, ...looks[id] }] : [];
}

function script(address) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });
}
