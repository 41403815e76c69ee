// What the browser keeps: boxes of drafts and of calls that wait, and whose they are. Nothing readable but marks and times.
//
// A record: {key, owner, state: "draft" | "queued" | "refused", order, savedAt, box}. Drafts are wiped after twelve hours;
// a call that waits for the server is never wiped before the server has it.

const NAME = "varta-desk";
const DRAFTS_LAST_MS = 12 * 3600 * 1000;

const promised = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Open the store of this browser. @returns {Promise<Store>} */
export async function openStore() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("boxes", { keyPath: "key" });
    request.result.createObjectStore("known", { keyPath: "name" });
  };
  return new Store(await promised(request));
}

export class Store {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    database.onversionchange = () => database.close();
  }

  /** Run one request in a transaction of its own and wait until it is on the disk. */
  async #run(table, mode, work) {
    const transaction = this.database.transaction(table, mode, { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    const answer = await promised(work(transaction.objectStore(table)));
    await done;
    return answer;
  }

  put(record) {
    return this.#run("boxes", "readwrite", (boxes) => boxes.put(record));
  }

  remove(key) {
    return this.#run("boxes", "readwrite", (boxes) => boxes.delete(key));
  }

  get(key) {
    return this.#run("boxes", "readonly", (boxes) => boxes.get(key));
  }

  /** Return an officer's records in these states, the oldest first. */
  async of(owner, ...states) {
    const all = await this.#run("boxes", "readonly", (boxes) => boxes.getAll());
    return all.filter((one) => one.owner === owner && states.includes(one.state)).sort((a, b) => a.order - b.order);
  }

  /** Wipe drafts that are too old, whoever they belong to. */
  async forgetOld(now) {
    const all = await this.#run("boxes", "readonly", (boxes) => boxes.getAll());
    const old = all.filter((one) => one.state === "draft" && now - one.savedAt > DRAFTS_LAST_MS);
    await Promise.all(old.map((one) => this.remove(one.key)));
  }

  /** Wipe the drafts of an officer who signs out; calls that wait for the server stay. */
  async signOut(owner) {
    for (const one of await this.of(owner, "draft")) await this.remove(one.key);
  }

  /** Keep who signed in here last, with the public key: enough to close boxes, not to open them. */
  remember(officer) {
    return this.#run("known", "readwrite", (known) => known.put({ name: "officer", ...officer }));
  }

  remembered() {
    return this.#run("known", "readonly", (known) => known.get("officer"));
  }
}
