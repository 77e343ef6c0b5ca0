import {z} from 'zod';
import {configSchema} from '../core/config-schema.ts';
import {screenCommands} from '../tui/keys/keymap.ts';
import {type Flag, wordsOf} from './flag-table.ts';
import {allFlags} from './help.ts';

/** The JSON schema of a configuration file, with the names of all flags and of all commands of the screens, which an editor then completes. */
export function configJsonSchema(): object {
	const {properties = {}, ...schema} = z.toJSONSchema(configSchema, {io: 'input'});
	const flags = Object.entries(allFlags()).filter(([name]) => name !== 'help').map(([name, flag]) => [name, {description: flag.help, ...valueSchema(flag)}] as const);
	return {
		...schema,
		properties: {
			...properties,
			flags: {...described(properties['flags']), type: 'object', properties: Object.fromEntries(flags), additionalProperties: false},
			keys: {...described(properties['keys']), propertyNames: {enum: screenCommands}},
		},
	};
}

function described(schema: z.core.JSONSchema._JSONSchema | undefined): object {
	return typeof schema === 'object' ? schema : {};
}

function valueSchema(flag: Flag): object {
	const words = wordsOf(flag);
	if (flag.type === 'boolean') {
		return {type: 'boolean'};
	}

	if (words.length > 0) {
		return {enum: words};
	}

	return flag.type === 'number' ? {type: 'integer', minimum: 0} : {type: flag.multiple ? ['string', 'array'] : ['string', 'number'], ...(flag.multiple && {items: {type: 'string'}})};
}
