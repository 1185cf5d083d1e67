// Finds a QR code in the camera's picture or in a photo: the phone's own reader first, else the library.

import { textInPicture } from "./libraries.js";
import { byId } from "./show.js";

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
    const text = await read(video, video.videoWidth, video.videoHeight, 960, 1);
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

/** The text of a code in a photo, tried at several sizes, or undefined. */
export async function readPhoto(file) {
  const picture = await createImageBitmap(file);
  for (const width of [1000, 1600, 600]) {
    const text = await read(picture, picture.width, picture.height, width, 9);
    if (text) return text;
  }
  return undefined;
}

async function read(picture, width, height, most, effort) {
  const scale = Math.min(1, most / width);
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
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
