// A small map on which a click gives the point of the event. Loaded only when somebody unfolds it.

import { styleOf } from "./mapstyle.js";

const NEAR = 11; // zoom at which a settlement fills the map

/** Tells "picked" with [latitude, longitude]. */
export class PickMap extends EventTarget {
  /** @param {HTMLElement} holder */
  constructor(holder) {
    super();
    this.holder = holder;
    this.drawn = null;
    this.marker = null;
  }

  /** Draw the map once; words instead, where this browser draws none or the server is away. */
  draw() {
    this.drawn ??= this.begin().catch(() => {
      this.holder.textContent = this.holder.dataset.wordMissing;
      this.drawn = null;
    });
    return this.drawn;
  }

  async begin() {
    const { style, box, tiles, wordMap, wordIn, wordOut } = this.holder.dataset;
    this.holder.replaceChildren();
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    document.head.append(sheet);
    this.gl = await import("../vendor/maplibre-gl.mjs");
    const [west, south, east, north] = box.split(",").map(Number);
    this.map = new this.gl.Map({
      container: this.holder,
      style: await styleOf(this.holder, this.gl),
      bounds: [[west, south], [east, north]],
      fitBoundsOptions: { padding: 20 },
      attributionControl: tiles ? { compact: true } : false,
      dragRotate: false, pitchWithRotate: false, maxZoom: 18, minZoom: 4,
      locale: { "Map.Title": wordMap, "NavigationControl.ZoomIn": wordIn, "NavigationControl.ZoomOut": wordOut },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new this.gl.NavigationControl({ showCompass: false }), "top-right");
    this.map.on("click", ({ lngLat }) => {
      const point = [lngLat.lat, lngLat.lng].map((one) => Math.round(one * 1e5) / 1e5);
      this.mark(point);
      this.dispatchEvent(new CustomEvent("picked", { detail: point }));
    });
    await new Promise((resolve) => this.map.once("load", resolve));
    this.holder.dataset.ready = "1";
  }

  mark(point) {
    const where = [point[1], point[0]];
    if (this.marker) this.marker.setLngLat(where);
    else this.marker = new this.gl.Marker({ color: "#a81f2b" }).setLngLat(where).addTo(this.map);
  }

  /** Show where the event or its settlement is; nothing known, no mark. */
  async show(point, centre) {
    await this.drawn;
    if (!this.map) return;
    if (point) this.mark(point);
    else if (this.marker) {
      this.marker.remove();
      this.marker = null;
    }
    const seen = point ?? centre;
    if (!seen || (point && this.map.getBounds().contains([point[1], point[0]]))) return;
    this.map.easeTo({ center: [seen[1], seen[0]], zoom: Math.max(this.map.getZoom(), NEAR) });
  }
}
