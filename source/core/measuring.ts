import {type Group} from './field.ts';
import {type JsonObject} from './json.ts';
import {type Flags, flagText, pythonText} from './print-input.ts';

// The client's flag, and the input's field where it has another name.
const measuringFlags: ReadonlyArray<readonly [flag: string, field: string]> = [
	['measurement_group_size', 'measurement_group_size'],
	['warmup_duration', 'warmup_duration'],
	['warmup_timeout', 'warmup_timeout'],
	['warmup_sleep', 'warmup_sleep'],
	['num_warmup_clients', 'num_warmup_clients_per_proc'],
	['duration', 'duration'],
	['timeout', 'timeout'],
	['num_clients', 'num_clients_per_proc'],
];

/**
The flags that say how long a client warms up and measures, and with how many clients. Fields that an input lacks are left
out; a number of seconds, as `duration_seconds`, stands for the duration.
*/
export function durationFlags(fields: Group, input: JsonObject): Flags {
	const fieldNamed = (name: string) => fields.fields.find(([key]) => key === name)?.[1];
	return Object.fromEntries(measuringFlags.flatMap(([flag, name]) => {
		const field = fieldNamed(name);
		if (field) {
			return [[flag, flagText(field, input[name])]];
		}

		const inSeconds = fieldNamed(`${name}_seconds`);
		return inSeconds ? [[flag, `${pythonText(inSeconds, input[`${name}_seconds`])}s`]] : [];
	}));
}
