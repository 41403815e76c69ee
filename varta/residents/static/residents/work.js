// Proof of work: a moment of computing in a worker, begun when somebody begins to write. If it cannot be
// done, the form is sent without it, and the desk calls back.

const FRESH_MS = 25 * 60 * 1000; // a challenge lasts half an hour

for (const form of document.querySelectorAll("[data-work]")) {
  const answer = form.elements.namedItem("work");
  const said = form.querySelector("[data-working]");
  let solving = null;
  let solvedAt = answer.value ? performance.now() : -FRESH_MS;
  let waited = false;

  const begin = () => { solving ??= solve(form).catch(() => ""); };
  form.addEventListener("input", begin, { once: true });

  form.addEventListener("submit", async (event) => {
    if (waited || event.submitter?.name === "find") return;
    if (answer.value && performance.now() - solvedAt < FRESH_MS) return;
    event.preventDefault();
    said.textContent = said.dataset.said;
    begin();
    answer.value = await solving;
    solvedAt = performance.now();
    waited = true;
    setTimeout(() => form.requestSubmit(event.submitter)); // not while this submission is still under way
  });
}

/** Return the answer to a new challenge, as the server reads it: base64 of JSON. */
async function solve(form) {
  const challenge = await (await fetch(form.dataset.work)).json();
  const worker = new Worker(form.dataset.worker);
  try {
    const solution = await new Promise((resolve, reject) => {
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = reject;
      worker.postMessage(challenge.parameters);
    });
    return btoa(JSON.stringify({ challenge, solution }));
  } finally {
    worker.terminate();
  }
}
