export { canonicalName } from './field.js';
export { parseHeader, type Column, type Header } from './header.js';
export { parseCell, type Cell } from './cell.js';
export { numberOf, parseRow, textOf, type Row } from './row.js';
export { classifyMessage, type Message, type MessageCode } from './message.js';
export { createNvidiaSmiParser, type NvidiaSmiParser, type ParserEvents } from './stream.js';
export { parseComputeApps, type ComputeApp, type ComputeApps } from './compute-apps.js';
