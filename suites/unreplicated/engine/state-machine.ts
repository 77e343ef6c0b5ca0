import {Buffer} from 'node:buffer';

/** Executes the command that lies at a place in the data, and returns its result. */
type StateMachine = (data: Buffer, start: number, end: number) => Uint8Array;

const nothing = Buffer.alloc(0);

export const stateMachines: Readonly<Record<string, () => StateMachine>> = {
	Noop: () => () => nothing,
	AppendLog() {
		const log: Buffer[] = [];
		return (data, start, end) => {
			log.push(Buffer.from(data.subarray(start, end)));
			return Buffer.from(String(log.length - 1));
		};
	},
	Register() {
		let value = nothing;
		return (data, start, end) => {
			value = Buffer.from(data.subarray(start, end));
			return value;
		};
	},
	KeyValueStore() {
		const values = new Map<string, Buffer>();
		return (data, start, end) => {
			const command = data.subarray(start, end);
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
