import {BenchError} from '../core/errors.ts';
import {type Authentication} from './authentication.ts';
import {type SshSettings} from './ssh-settings.ts';
import {TransientError} from './transient-error.ts';

export type ConnectionError = Error & {readonly level?: string; readonly code?: string | number};

const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'EAI_AGAIN', 'ECONNABORTED']);

/** Why a connection failed, in a sentence that says what to do; a TransientError where trying again may help. */
export function connectError(settings: SshSettings, error: ConnectionError, methods: Authentication): BenchError {
	const where = nameOf(settings);
	if (error.level === 'client-authentication' || /too many authentication failures/i.test(error.message)) {
		return new BenchError('host', `${where}: authentication failed${methods.explanation()}.`, {cause: error});
	}

	if (error.code === 'ENOTFOUND') {
		return new BenchError('host', `${where}: there is no host of that name; check the cluster file, or add it to ~/.ssh/config.`, {cause: error});
	}

	const isPassing = passing.has(String(error.code)) || /before handshake|waiting for handshake|keepalive timeout|socket hang up|not allowed at this time/i.test(error.message);
	const isUnnamed = error.code === 'EAI_AGAIN';
	const message = `${where}: cannot connect: ${isUnnamed ? 'its name cannot be looked up; is the name right, and the name server there?' : `${error.message}; is sshd running there?`}`;
	return isPassing ? new TransientError(message, {cause: error}) : new BenchError('host', message, {cause: error});
}

/** What messages call a host: its address, and what its settings make of that where it is something else. */
export function nameOf({address, user, hostname, port}: SshSettings): string {
	const whole = `${user}@${hostname}:${port}`;
	return whole === address || whole === `${address}:22` ? address : `${address} (${whole})`;
}
