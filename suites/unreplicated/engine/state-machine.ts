import {Buffer} from 'node:buffer';

/** Executes a command and returns its result. */
export type StateMachine = (command: Buffer) => Uint8Array;

const nothing = Buffer.alloc(0);

export const stateMachines: Readonly<Record<string, () => StateMachine>> = {
	Noop: () => () => nothing,
	AppendLog() {
		const log: Buffer[] = [];
		return command => {
			log.push(Buffer.from(command));
			return Buffer.from(String(log.length - 1));
		};
	},
	Register() {
		let value = nothing;
		return command => {
			value = Buffer.from(command);
			return value;
		};
	},
	KeyValueStore() {
		const values = new Map<string, Buffer>();
		return command => {
			// `get KEY` or `set KEY VALUE`; anything else is a set of one key.
			const space = command.indexOf(32, 4);
			if (command.length > 4 && command.toString('latin1', 0, 4) === 'get ') {
				return values.get(command.toString('utf8', 4)) ?? nothing;
			}

			const isSet = space > 0 && command.toString('latin1', 0, 4) === 'set ';
			values.set(isSet ? command.toString('utf8', 4, space) : '', Buffer.from(isSet ? command.subarray(space + 1) : command));
			return nothing;
		};
	},
};
