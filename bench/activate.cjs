"use strict";
// Loads the activation bundle in a fresh process as VS Code would, and prints the milliseconds. Every part of the editor's API
// is one object that can be called, constructed and read without end.
const Module = require("node:module");
const { performance } = require("node:perf_hooks");
const process = require("node:process");

const stub = new Proxy(function () {}, {
  get: (target, key) =>
    key === Symbol.toPrimitive ? () => "" : key === "then" ? undefined : key === "prototype" ? target.prototype : stub,
  apply: () => stub,
  construct: () => stub,
  set: () => true,
  // The bundle reads the API through an object that inherits from it.
  getPrototypeOf: () => stub,
});
const load = Module._load;
Module._load = function (id, ...rest) {
  return id === "vscode" ? stub : load.call(this, id, ...rest);
};

const context = new Proxy({ subscriptions: [] }, { get: (target, key) => (key in target ? target[key] : stub) });
const start = performance.now();
const extension = require(process.argv[2]);
const activated = extension.activate(context);
const finish = () => {
  process.stdout.write(String(performance.now() - start));
  process.exit(0);
};
if (activated !== undefined && typeof activated.then === "function") {
  activated.then(finish);
} else {
  finish();
}
