/**
 * What Node says of the system and the network, in words. Its own sentences name system calls ("socket hang up", "EACCES: permission denied, open …"),
 * which tell nobody what to do; the code tells the same, and is the same in every version.
 */
import { messageOf } from './error.js';

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut off before an answer',
  EPIPE: 'the connection was cut off before an answer',
  ECONNABORTED: 'the connection was cut off before an answer',
  ETIMEDOUT: 'no connection came about in time',
  EHOSTUNREACH: 'no way leads to that machine',
  ENETUNREACH: 'no way leads to that machine',
  EHOSTDOWN: 'no way leads to that machine',
  ENOTFOUND: 'no machine has that name',
  EAI_AGAIN: 'no name server answers, so the machine cannot be found',
  EADDRINUSE: 'the port is taken',
  EADDRNOTAVAIL: 'this machine has no such address',
  EPROTO: 'it does not speak TLS as asked',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go round in a circle',
  EROFS: 'the disk cannot be written to',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'it is larger than a file may be',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk does not work',
  ENOEXEC: 'it is no program of this system',
  E2BIG: 'its arguments are too long',
  ENOMEM: 'there is not enough memory',
  EAGAIN: 'the system has no room for another process',
  ERR_INVALID_URL: 'it is no address',
};

/** The code of a failure of the system; '' of anything else. */
export function systemCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Whether what answered does not speak the protocol it was asked in. */
export function speaksOtherwise(error: unknown): boolean {
  return /^(?:HPE_|EPROTO$|ERR_SSL_|ERR_TLS_|ERR_HTTP)/.test(systemCode(error));
}

/** Why a program could not be started. A folder it was to be started in that is missing looks the same: look for that first. */
export function spawnFault(error: unknown): string {
  return systemCode(error) === 'ENOENT' ? 'there is no such program' : faultOf(error);
}

/** In words, without a full stop: the system's failures by their code, everything else by its own sentence. */
export function faultOf(error: unknown): string {
  const code = systemCode(error);
  const known = Object.hasOwn(words, code) ? words[code] : undefined;
  if (known !== undefined) return known;
  if (code.startsWith('HPE_') || code.startsWith('ERR_HTTP')) return 'what answers does not speak HTTP/1.1';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'what answers does not speak TLS as asked';
  // A system call of a kind that nobody foresaw: its code can be looked up.
  if (/^E[A-Z0-9]+$/.test(code)) return `the system says ${code}`;
  return messageOf(error).replace(/\.$/, '');
}
