import {type FlameOptions} from '../open-flame.ts';
import {openScreen} from '../terminal/open-screen.tsx';
import {FlameScreen} from './flame-screen.tsx';

export async function showFlame({theme, ...props}: FlameOptions): Promise<void> {
	await openScreen<'quit'>(end => <FlameScreen {...props} onEnd={end}/>, theme === undefined ? {} : {theme});
}
