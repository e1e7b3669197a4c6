'use strict';
// The replaced design, as small as it can be: Express, ws and better-sqlite3 in one process and one thread. A report is
// checked, stored in one transaction and sent to its station's room. It leaves out what would only slow it down: sign-in,
// limits, evidence, escalation; and its routing is a table of barangay names (the product asks the polygons).
const { createHash, randomBytes, randomUUID, timingSafeEqual } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const Database = require('better-sqlite3');
const express = require('express');
const { WebSocket, WebSocketServer } = require('ws');

const key = process.env.KEY;
const database = process.env.DATABASE;
const synchronous = process.env.SYNCHRONOUS ?? 'FULL';
if (!key || !database || !['FULL', 'NORMAL'].includes(synchronous)) {
  console.error('KEY, DATABASE and SYNCHRONOUS (FULL or NORMAL) are needed.');
  process.exit(1);
}

const barangays = join(__dirname, '../../AlertDavao.Dashboard/Data/Seed/Files/barangays.geojson');
const stationOf = new Map(JSON.parse(readFileSync(barangays, 'utf8')).features.map(({ properties }) => [properties.name, properties.station]));
const rooms = new Map([...new Set(stationOf.values()), 'CYBER', 'CITY'].map(code => [code, new Set()]));

const db = new Database(database);
db.pragma('journal_mode = WAL');
db.pragma(`synchronous = ${synchronous}`);
db.exec(`
  CREATE TABLE IF NOT EXISTS reports (id TEXT PRIMARY KEY, tracking_code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, types TEXT NOT NULL,
    description TEXT NOT NULL, occurred_at TEXT NOT NULL, latitude REAL, longitude REAL, barangay TEXT, station TEXT NOT NULL, received_at TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS timeline (id INTEGER PRIMARY KEY, report_id TEXT NOT NULL REFERENCES reports, at TEXT NOT NULL, what TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS logs (code TEXT PRIMARY KEY, last INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS entries (log TEXT NOT NULL, number INTEGER NOT NULL, report_id TEXT NOT NULL, PRIMARY KEY (log, number)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, fingerprint BLOB NOT NULL, answer TEXT NOT NULL);`);
const addLog = db.prepare('INSERT OR IGNORE INTO logs VALUES (?, 0)');
for (const code of rooms.keys()) addLog.run(code);

const findAnswer = db.prepare('SELECT fingerprint, answer FROM answers WHERE key = ?');
const addAnswer = db.prepare('INSERT INTO answers VALUES (?, ?, ?)');
const addReport = db.prepare('INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
const addEvent = db.prepare('INSERT INTO timeline (report_id, at, what) VALUES (?, ?, ?)');
const nextNumber = db.prepare('UPDATE logs SET last = last + 1 WHERE code = ? RETURNING last').pluck();
const addEntry = db.prepare('INSERT INTO entries VALUES (?, ?, ?)');
const store = db.transaction((report, answer, idempotency, fingerprint) => {
  const number = nextNumber.get(report.station);
  addReport.run(report.id, report.tracking_code, report.title, JSON.stringify(report.types), report.description, report.occurred_at,
    report.latitude, report.longitude, report.barangay, report.station, report.received_at);
  addEvent.run(report.id, report.received_at, 'received');
  addEntry.run(report.station, number, report.id);
  if (idempotency) addAnswer.run(idempotency, fingerprint, answer);
  return number;
});

const isText = (value, most) => typeof value === 'string' && value.trim().length > 0 && value.length <= most;
const isPosition = value => value === undefined || value === null || Number.isFinite(value);

function faultsOf(body) {
  const errors = {};
  const types = body.crime_types;
  const occurred = Date.parse(body.incident_date);
  if (!isText(body.title, 200)) errors.title = ['1 to 200 characters'];
  if (!Array.isArray(types) || types.length < 1 || types.length > 5 || !types.every(type => isText(type, 60))) errors.crime_types = ['1 to 5 types'];
  if (!isText(body.description, 10000)) errors.description = ['1 to 10,000 characters'];
  if (!(occurred >= Date.UTC(2000, 0) && occurred <= Date.now() + 86400000)) errors.incident_date = ['a date'];
  if (!isPosition(body.latitude)) errors.latitude = ['a number'];
  if (!isPosition(body.longitude)) errors.longitude = ['a number'];
  return errors;
}

const isCyber = type => /^cyber ?crime( -.*)?$/.test(type.trim().toLowerCase());
const route = body => (body.crime_types.some(isCyber) ? 'CYBER' : stationOf.get(body.barangay) ?? 'CITY');
const hash = text => createHash('sha256').update(text).digest();
const isKey = sent => timingSafeEqual(hash(sent ?? ''), hash(key));

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use((request, response, next) => (request.path.startsWith('/api/') && !isKey(request.get('authorization')?.replace(/^Bearer /, ''))
  ? response.status(401).json({ success: false, message: 'The key is unknown.' }) : next()));

app.post('/api/reports', express.json({ limit: '1mb', verify: (request, _, bytes) => { request.fingerprint = hash(bytes); } }), (request, response) => {
  const body = request.body ?? {};
  const errors = faultsOf(body);
  if (Object.keys(errors).length > 0) return response.status(422).json({ success: false, message: 'Fields are invalid.', errors });

  const idempotency = request.get('idempotency-key');
  const earlier = idempotency && findAnswer.get(idempotency);
  if (earlier) {
    return earlier.fingerprint.equals(request.fingerprint)
      ? response.status(200).type('json').send(earlier.answer)
      : response.status(409).json({ success: false, message: 'The key was used for another report.' });
  }

  const report = {
    id: randomUUID(), tracking_code: `DVO-${randomBytes(5).toString('hex')}`, title: body.title.trim(), types: body.crime_types,
    description: body.description, status: 'Received', occurred_at: new Date(body.incident_date).toISOString(), latitude: body.latitude ?? null,
    longitude: body.longitude ?? null, barangay: body.barangay ?? null, station: route(body), received_at: new Date().toISOString(), version: 1,
  };
  const answer = JSON.stringify({
    success: true, message: 'Received.',
    data: {
      report_id: report.id, tracking_code: report.tracking_code, title: report.title, report_type: report.types.join(', '), status: 'pending',
      date_reported: report.received_at, station_id: report.station === 'CITY' ? null : report.station,
      location: { latitude: report.latitude, longitude: report.longitude, barangay: report.barangay },
    },
  });
  const number = store.immediate(report, answer, idempotency, request.fingerprint);
  response.status(201).location(`/api/reports/${report.id}`).type('json').send(answer);
  // Serialised once; every socket still gets a frame of its own.
  const { description, latitude, longitude, ...row } = report;
  const event = Buffer.from(JSON.stringify({ station: report.station, number, kind: 'arrived', at: report.received_at, report: row }));
  for (const socket of rooms.get(report.station)) if (socket.readyState === WebSocket.OPEN) socket.send(event, { binary: false });
});

app.get('/health/ready', (_, response) => response.send('Healthy'));
app.get('/bench/logs', (_, response) => response.json(db.prepare(`
  SELECT code AS log, last, count(number) AS entries, count(DISTINCT report_id) AS distinctReports, coalesce(min(number), 0) AS first
  FROM logs LEFT JOIN entries ON log = code GROUP BY code`).all()));
// eslint-disable-next-line no-unused-vars -- Express tells a handler of errors by its four parameters.
app.use((error, _request, response, _next) => response.status(error.status ?? 503).json({ success: false, message: 'The report was not taken.' }));

const server = createServer(app);
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', (request, socket, head) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const room = rooms.get(searchParams.get('station'));
  if (pathname !== '/ws' || !room || !isKey(searchParams.get('token'))) return socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
  sockets.handleUpgrade(request, socket, head, client => {
    room.add(client);
    client.on('close', () => room.delete(client));
    client.on('error', () => client.terminate());
    client.send('{"kind":"hello"}');
  });
});
// Clients of a steady, low rate keep their connections; the default closes them after five seconds.
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), '127.0.0.1', 4096, () => console.log(`The peer listens on ${process.env.PORT}.`));
process.on('SIGTERM', () => process.exit(0));
