// All that the page takes from libraries, as two functions: names inside may be shortened, as none is seen outside.

import { hashes, verify } from "@noble/ed25519";
import decodeQR from "qr/decode.js";
import { sha512 } from "./sha512.js";

hashes.sha512 = sha512;

/** Whether an Ed25519 signature is of a message and a public key; raises where the key is no point of the curve. */
export const isSignedBy = (signature, message, key) => verify(signature, message, key, { zip215: false });

/** The text of the QR code in a picture; raises where none was found with an effort of 1 or more. */
export const textInPicture = (picture, effort) => decodeQR(picture, { effort, timeLimit: 300 });
