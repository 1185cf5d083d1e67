// Whether the host has a newer page than this one: asked whenever a voucher is looked at, never waited for long.

const PATIENCE = 2500; // ms

/** The worker's answer: whether it has a `newer` page now, and the host's `date`; nothing where nobody answers in time. */
export function newest() {
  const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
  if (!worker) return Promise.resolve({});
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data);
    worker.postMessage(document.documentElement.dataset.made, [port2]);
    setTimeout(() => done({}), PATIENCE);
  });
}

let renewing = false;

/** Load the page again, with the text of a voucher kept; false where that was done just now and changed nothing. */
export function renew(text) {
  const times = history.state || 0;
  if (renewing || times > 1) return renewing;
  renewing = true;
  history.replaceState(times + 1, "", text ? `#${text}` : location.pathname);
  location.reload();
  return true;
}
