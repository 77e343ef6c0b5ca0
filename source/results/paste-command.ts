/**
A proc's command as a person can paste it: without redirects, which would overwrite the very logs that are being looked at,
and without the marker that the reference harness prints before it.
*/
export function pasteCommand(text: string): string {
	const line = text.trim().replace(/^echo [A-Z]{20,}; */, '');
	const kept: string[] = [];
	let at = 0;
	while (at < line.length) {
		const rest = line.slice(at);
		const redirect = /^\s*(?:\d+|&)?>>?\s*(?:&\d|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"&'();|]+)/.exec(rest)?.[0];
		// A digit belongs to a redirect only where a word begins with it.
		if (redirect !== undefined && (/^[\s>]/.test(redirect) || /[\s(;]$/.test(kept.at(-1) ?? ' '))) {
			at += redirect.length;
			continue;
		}

		const piece = /^(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|.)/s.exec(rest)![0];
		kept.push(piece);
		at += piece.length;
	}

	const command = kept.join('').trim();
	return /^\([^()]*\)$/.test(command) ? command.slice(1, -1).trim() : command;
}
