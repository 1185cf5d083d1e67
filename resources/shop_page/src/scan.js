// Finds a QR code in the camera's picture or in a photo: the phone's own reader first, else the library.

import { textInPicture } from "./libraries.js";
import { byId, element } from "./show.js";

const PAUSE = 100; // ms between two looks, so that a slow phone can still draw
let stream;
let reader;

/** Whether the camera is on. */
export const watching = () => Boolean(stream);

/** Whether this page may ask for the camera at all; not on plain http. */
export const hasCamera = () => Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);

/** Watch through the camera until `found(text)` says that it took the text. Raises where there is no camera. */
export async function watch(found) {
  stop();
  const video = byId("video");
  const mine = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  stream = mine;
  video.srcObject = mine;
  video.hidden = false;
  await video.play();
  (async function look() {
    if (stream !== mine) return;
    const width = Math.min(960, video.videoWidth);
    const text = await read(video, width, (width * video.videoHeight) / video.videoWidth, 1);
    if (stream === mine && !(text && found(text))) setTimeout(look, PAUSE);
  })();
}

/** Switch the camera off. */
export function stop() {
  if (!stream) return;
  for (const track of stream.getTracks()) track.stop();
  stream = undefined;
  byId("video").hidden = true;
}

// A photo is looked at anew until something is found: wide, stretched, softened. The first three find what lies flat and
// whole; those after them what was torn, pale, shaded or creased (found in tests/benchmarks/shop_page_paper.py).
const LOOKS = [[1000], [1600], [600], [2400], [800], [1000, 1, 2], [1000, 1.8]];

/** The text of a code in a photo, or undefined. */
export async function readPhoto(file) {
  const picture = await createImageBitmap(file);
  for (const [width, stretched = 1, softened] of LOOKS) {
    const height = (width * stretched * picture.height) / picture.width;
    const text = await read(softened ? drawn(picture, width / softened, height / softened).canvas : picture, width, height, 9);
    if (text) return text;
  }
  return undefined;
}

function drawn(picture, width, height) {
  const context = element("canvas", { width, height }).getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, width, height);
  return context;
}

async function read(picture, width, height, effort) {
  const context = drawn(picture, width, height);
  const { canvas } = context;
  try {
    if (reader === undefined) reader = globalThis.BarcodeDetector ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
    const found = reader && (await reader.detect(canvas));
    if (found && found[0]) return found[0].rawValue;
  } catch {
    reader = null; // present, but without its engine
  }
  try {
    return textInPicture(context.getImageData(0, 0, canvas.width, canvas.height), effort);
  } catch {
    return undefined;
  }
}
