// One short address for the embedded VS Code. The workbench wants to be told in its address what to open and run, in a
// query too long to be clicked in a terminal; and its port changes, while a browser remembers its state by the port.
// So this stands in front: it completes the bare address and hands everything else through.

import http from 'node:http';
import net from 'node:net';
import { workbenchQuery } from './address.mjs';

const OPENING_KEYS = ['folder', 'workspace', 'ew'];

/**
 * @typedef {object} DoorwayOptions
 * @property {number} port Taken if free, else another.
 * @property {number} behind The port of the VS Code server on this machine.
 * @property {import('./address.mjs').Opening} opening What the bare address opens.
 */

/**
 * @param {DoorwayOptions} options
 * @returns {Promise<number>} The port it stands at.
 */
export async function openDoorway({ port, behind, opening }) {
  const door = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://doorway');
    const isBare = url.pathname === '/' && !OPENING_KEYS.some((key) => url.searchParams.has(key));
    if (isBare) redirect(request, response, url, opening);
    else passOn(request, response, behind);
  });
  door.on('upgrade', (request, socket, head) => connect(request, /** @type {net.Socket} */ (socket), head, behind));
  return listen(door, port).catch(() => listen(door, 0));
}

/**
 * VS Code names its files by the host that the browser knows, which behind a forwarded port is another than ours.
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {URL} url
 * @param {import('./address.mjs').Opening} opening
 */
function redirect(request, response, url, opening) {
  const query = workbenchQuery(request.headers.host ?? 'localhost', opening);
  for (const [key, value] of url.searchParams) query.set(key, value);
  response.writeHead(302, { location: `/?${query}`, 'cache-control': 'no-store' }).end();
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {number} port
 */
function passOn(request, response, port) {
  const { method, url, headers } = request;
  const onward = http.request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

/**
 * A web socket is passed on as it came, and then byte by byte.
 * @param {http.IncomingMessage} request
 * @param {net.Socket} socket
 * @param {Buffer} head
 * @param {number} port
 */
function connect(request, socket, head, port) {
  const onward = net.connect(port, '127.0.0.1', () => {
    onward.write(`${request.method} ${request.url} HTTP/${request.httpVersion}\r\n`);
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      onward.write(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}\r\n`);
    onward.write('\r\n');
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.setNoDelay(true);
  socket.setNoDelay(true);
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
}

/**
 * @param {http.Server} door
 * @param {number} port
 * @returns {Promise<number>}
 */
function listen(door, port) {
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, '127.0.0.1', () => {
      door.off('error', reject);
      resolve(/** @type {net.AddressInfo} */ (door.address()).port);
    });
  });
}
