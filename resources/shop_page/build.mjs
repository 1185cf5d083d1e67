// Bundles the page into built/: run by `poe shop-page`, never by hand, so that the committed files can be built again.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { minify } from "terser";

const OLDEST = ["chrome91", "firefox90", "safari15"]; // phones that get no newer browser still read the paper
// Properties that the libraries also reach by a text.
const NAMED = ["sha512", "low", "medium", "quartile", "high"];
const LIBRARIES = ["qr", "@noble/ed25519"];

/** The one MIT text of all libraries, below the copyright line of each. Stops where a library has another licence. */
function licences() {
  const texts = new Set();
  const owners = LIBRARIES.map((name) => {
    const text = readFileSync(`node_modules/${name}/${name === "qr" ? "LICENSE-MIT" : "LICENSE"}`, "utf8").trim();
    const version = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
    const owner = text.split("\n").find((line) => line.startsWith("Copyright"));
    texts.add(text.replace(owner, "").replace(/\n{2,}/g, "\n\n"));
    return `${name} ${version}: ${owner}`;
  });
  if (texts.size !== 1) throw new Error("the libraries' licences differ; give each its own text");
  const [text] = texts;
  const [title, ...rest] = text.split("\n\n");
  return [title, owners.join("\n"), ...rest].join("\n\n") + "\n";
}

const SHARED = { bundle: true, write: false, target: OLDEST, minify: true, legalComments: "none", charset: "utf8" };
const SMALL = { ecma: 2020, module: true, compress: { passes: 3, keep_fargs: false, pure_getters: true }, format: { comments: false } };

async function bundled(entryPoint, options) {
  const made = await build({ entryPoints: [entryPoint], ...SHARED, ...options });
  return made.outputFiles[0].text;
}

// What the libraries say of wrong use is caught and never shown: an error's text, whole and in one argument.
const TEXT = /new (\w*Error)\((`[^`]*`|'[^']*'|"[^"]*")(?: \+[^;]*?)?\)(?=[;,)])/g;
const silent = {
  name: "silent",
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules.*\.js$/ }, ({ path }) => ({ contents: readFileSync(path, "utf8").replace(TEXT, "new $1()") })),
};

/** The libraries by themselves: only in them is it safe to shorten the names of properties. */
async function libraries() {
  const made = await minify(await bundled("src/libraries.js", { format: "esm", plugins: [silent] }), { ...SMALL, mangle: { properties: { reserved: NAMED } } });
  return { name: "libraries", setup: ({ onLoad }) => onLoad({ filter: /libraries\.js$/ }, () => ({ contents: made.code })) };
}

async function script(entryPoint, plugins = []) {
  return (await minify(await bundled(entryPoint, { format: "iife", plugins }), SMALL)).code + "\n";
}

mkdirSync("built", { recursive: true });
writeFileSync("built/page.js", await script("src/main.js", [await libraries()]));
writeFileSync("built/sw.js", await script("src/sw.js"));
writeFileSync("built/page.css", await bundled("src/page.css", {}));
writeFileSync("built/page.html", readFileSync("src/template.html", "utf8"));
writeFileSync("built/licences.txt", licences());
