import { createServer } from "node:http";

import { FOREIGN_SERVERS } from "../fakes/foreignServers";

/** A process with all the servers, one a port, that may be killed at any moment: PORTS (with commas). Each answer takes a little while. */
const ports = (process.argv[2] ?? "").split(",").map(Number);

for (const [index, { answers }] of FOREIGN_SERVERS.entries()) {
  createServer((request, response) => {
    request.resume();
    const found = answers.find(([path]) => path.test(request.url?.split("?")[0] ?? ""));
    const body = JSON.stringify(found?.[1] ?? {});
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    response.write(body.slice(0, body.length / 2));
    setTimeout(() => response.end(body.slice(body.length / 2)), 5);
  }).listen(ports[index], "127.0.0.1");
}
