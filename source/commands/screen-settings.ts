import {BenchError} from '../core/errors.ts';
import {suggestion} from '../core/nearest.ts';
import {keymap, rebind} from '../tui/keys/keymap.ts';
import {configuration} from './configuration.ts';
import {themeFlag} from './run-flags.ts';

/**
What a person configured of screens: keys are bound, and the theme is returned.

@param argv A command's words, of which `--theme` counts more than the configuration.
@throws BenchError `usage` naming the flag or the key of the configuration.
*/
export function screenSettings(argv: readonly string[]): {readonly theme?: string} {
	const place = argv.findIndex(word => word === '--theme' || word.startsWith('--theme='));
	const [, written] = (argv[place] ?? '').split('=', 2);
	const theme = place === -1 ? configuration().theme : written ?? argv[place + 1];
	if (theme !== undefined && !themeFlag.theme.value.split('|').includes(theme)) {
		throw new BenchError('usage', `--theme takes dark, light, plain or auto, not "${theme}".`);
	}

	const commands = Object.values(keymap).flatMap(({bindings}) => bindings.map(({command}): string => command));
	const {keys} = configuration();
	for (const command of Object.keys(keys)) {
		if (!commands.includes(command)) {
			throw new BenchError('usage', `Configuration, keys.${command}: no screen has such a command${suggestion(command, commands) || '.'}`);
		}
	}

	rebind(keys);
	return theme === undefined ? {} : {theme};
}
