/**
 * What people say about software when they feel something, in our own words: phrases by what they are a sign of.
 * A star stands for any ending. Words of the trade that sound bad and are not ("kill", "fatal", "error") have a
 * group of their own, so that it is learned what they are worth; so have the words that turn a feeling into a
 * thought ("if you are worried", "would be nice").
 */
const LEXICON = {
  gratitude: `
    thank*, thanx, thx, thnx, tnx, ty, tyvm, cheers, kudos, grateful, appreciat*, much obliged, gracias,
    merci, danke, props to, tia`,
  praise: `
    awesome*, excellent, fantastic, brilliant*, amazing*, wonderful*, great, superb, perfect, perfectly,
    beautiful*, beautifull, beautifully, elegant*, gorgeous, marvelous, outstanding, incredible, stellar,
    epic, sweet, neat, neatly, slick, cool, coolest, nice, nicely, nicer, nicest, lovely, clever, smart,
    impressive, best, good catch, good call, good idea, good job, good point, good work, good stuff,
    good one, great work, great job, great idea, well done, nice work, nice job, nice catch, nice one,
    nice find, nicely done, fine work, bravo, kickass, badass, rocks, rock on, genius, magnificent, splendid,
    terrific, phenomenal, flawless*, spot on, top notch, rad, win, ftw, magic, legend, hero, lifesaver,
    life saver, my hero, saved my, saved me, made my day`,
  approve: `
    agree*, agreed, +1, lgtm, looks good, look good, sounds good, sounds great, looks great, looks nice,
    good to me, makes sense, make sense, fair enough, fair point, good enough, go for it, i'm all for,
    in favor, like it, like this, like that, i like, liked, likes, ship it, seconded, absolutely, exactly,
    indeed, you're right, you are right, very true, true that`,
  joy: `
    happy, happier, happiest, happily, glad, gladly, joy, yay*, woot*, hooray, horray, hurray, hurrah,
    whee*, woo, woohoo*, wohoo, excited, exciting, excite*, delighted, pleased, pleasure, thrilled, proud,
    enjoy*, enjoying, fun, funny, hilarious, amused, amusing, lucky, fortunately, thankfully, luckily,
    relief, relieved, phew, hopeful, looking forward, can't wait, congrat*, congratulations, celebrate,
    rejoice, finally, at last, cookie, cookies, beer, party`,
  love: `
    love, loved, loves, loving, adore, adorable, heart, <3, fan of, big fan, favorite, favourite, fond,
    my favorite, xoxo, hugs, hug, kisses`,
  laugh: `
    haha*, hehe*, hihi*, lol, lolz, rofl, lmao, lmfao, heh, hah, ha, teehee, :d, xd, =d, :-d, ;d`,
  smile: `
    :), :-), =), (:, :], ^^, ^_^, ^.^, :smile:, :smiley:, :simple_smile:, :blush:, :relaxed:, :grin:,
    :grinning:, :satisfied:, :laughing:, :)), :)))`,
  wink: `
    ;), ;-), ;], :wink:, :wink2:, ;p`,
  tongue: `
    :p, :-p, =p, xp, :stuck_out_tongue:`,
  applause: `
    :+1:, :thumbsup:, :heart:, :tada:, :clap:, :sparkles:, :heart_eyes:, :beers:, :beer:, :star:, :star2:,
    :100:, :ok_hand:, :metal:, :shipit:, :rocket:, :yellow_heart:, :green_heart:, :blue_heart:,
    :sparkling_heart:, :two_hearts:, :raised_hands:, :muscle:, :fire:, :cake:, :dancer:, :cookie:, :bowtie:,
    :sunglasses:, \\o/, 👍, ❤, 🎉, 🚀, 👏, 🙏, 😄, 😀, 😊, 😁, 😂, 😉, 😍, 🎊, 💯, ✨, ⭐, 🔥`,
  sadFace: `
    :(, :-(, =(, :'(, :'-(, ):, :[, :-[, :((, :c, :cry:, :sob:, :disappointed:, :worried:, :sweat:,
    :sweat_smile:, :frowning:, :pensive:, :weary:, :tired_face:, :broken_heart:, -_-, -.-, t_t, ;_;, ;(, 😢,
    😭, 😞, 😟, ☹`,
  skeptical: `
    :/, :-/, =/, :\\, :-\\, :s, :|, :-|, :confused:, :unamused:, :expressionless:, :neutral_face:, o_o, o.o,
    o_0, 0 o, 😕, 😒, 🤔, 😐`,
  thumbsDown: `
    :-1:, :thumbsdown:, :rage:, :angry:, :scream:, :hurtrealbad:, :poop:, :hankey:, :shit:, :facepalm:,
    :fearful:, :cold_sweat:, >:(, 👎, 😠, 😡, 😱, 💩, 🤦`,
  minusOne: `
    -1, downvot*, voted down, vote down, vote this down`,
  plusOne: `
    +1, upvot*, voted up, vote up`,
  sorrow: `
    sad, sadly, sadder, saddens, unfortunate, unfortunately, alas, regret*, sigh, disappoint*, depress*,
    heartbroken, miserable, miserably, tragic, pity, shame, ashamed, shameful, hopeless*, lonely, cry,
    crying, cried, sob, poor me, bummer, bummed, unhappy, unlucky, too bad, miss the, i miss, missed the,
    guilty, embarrass*`,
  apology: `
    sorry, apolog*, my bad, my apologies, mea culpa, my mistake, my fault, oops*, whoops*, woops*, ooops*,
    forgive, excuse me, pardon`,
  dislike: `
    hate, hated, hates, hating, hateful, dislike*, don't like, do not like, didn't like, doesn't like,
    not like, not a fan, not fond, loathe, despise, detest, can't stand, cannot stand, not keen, not happy,
    not thrilled, not pleased, not convinced, not comfortable, not sure i like`,
  contempt: `
    stupid*, idiot*, dumb, moron*, lazy, ridiculous*, silly, absurd, pathetic, ignorant, clueless,
    incompetent, nonsense*, bullshit, rubbish, garbage, crap*, trash, joke, lame, cheesy, worthless,
    pointless*, useless*, brain dead, braindead, braindamage*, insane*, crazy, mess, messy, messed, mess up,
    junk, hogwash, laughable, ludicrous, noob, amateur, fool, foolish, asinine, retarded, arrogan*, rude,
    whin*, whining, complain*, moan*, rant*, troll*, spam*, plague, lies, lying, liar, sarcas*, shut up,
    stfu, rtfm, get a life, grow up`,
  disgust: `
    ugly, uglier, ugliest, uglyness, ugliness, ugh*, eww*, ew, yuck*, yucky, gross, disgust*, horrible,
    horribly, horrid, horrific, horrend*, terrible, terribly, awful, awfully, atrocious, abysmal, dreadful*,
    hideous*, nasty, nastier, evil, vile, heinous, filthy, dirty, smell*, smelly, stinks, stink, sucks, suck,
    sucky, sucked, suckage, shitty, abomination, monstrosity, cringe*, appalling, worst`,
  anger: `
    angry, anger*, mad, madness, furious, rage, pissed, annoy*, irritat*, infuriat*, outrag*, resent*,
    bastard*, damn*, dammit, damnit, dangit, dang, darn*, goddamn, god damn, hell, wtf, wth, fuck*, fsck*,
    f**k, shit*, crappy, bloody, frigging, freaking, friggin, freakin, argh*, arrgh*, aargh*, arg, grr*,
    gah*, bah, bleh, meh, fml, omfg, ffs, for the love of, what the hell, what the heck, what the fuck,
    why the hell, how dare, stop it, knock it off`,
  frustration: `
    frustrat*, fed up, sick of, tired of, had enough, struggl*, stuck, stumped, pulling my hair,
    tearing my hair, hair out, banging my head, head against, driving me, drives me, nuts, going nuts,
    going crazy, for hours, for days, for weeks, all day, hours, days now, wast*, wasted, waste, waste of,
    pain, painful*, pain in, pita, headache*, nightmare*, suffer*, tedious, cumbersome, hassle*, bother*,
    grief, torture, agony, despair*, desperate*, desperately, give up, gave up, giving up, lost, no luck,
    no avail, in vain, at a loss, helpless, no idea, no clue, clueless, out of ideas, struggled, tricky,
    bites, bitten`,
  fear: `
    afraid, fear*, scare*, scary, scared, scares, frighten*, frightful*, horrif*, terrif*, terrified, panic*,
    worry, worries, worried, worrying, worrisome, nervous, anxious, dread*, dreaded, concern, concerned,
    concerns, uneasy, paranoid, creepy, danger*, dangerous*, risky, threat*, wary, hesita*, reluctant,
    uncomfortable`,
  confusion: `
    confus*, puzzl*, baffl*, perplex*, bewilder*, mystif*, strange*, weird*, odd, oddly, bizarre*, curious*,
    unclear, don't understand, do not understand, didn't understand, don't get, doesn't make sense,
    does not make sense, makes no sense, make no sense, no sense, lost me, mind boggling, huh, wdym`,
  surprise: `
    wow*, whoa*, woah*, omg, gosh, holy, holy cow, surpris*, shock*, astonish*, astound*, stunned,
    unbelievabl*, incredibl*, unexpected*, can't believe, cannot believe, couldn't believe, no way,
    seriously, blimey, jeez*, jesus, geez*, gee, crikey, interesting*, oh my, oh man, oh boy, oh no`,
  doh: `
    doh, d'oh, duh, facepalm, argh, derp, dumb of me, stupid me, silly me, stupid of me, oh well, nuts,
    shoot, rats, crud, ack, ach, whoopsie, brainfart, brain fart`,
  flaw: `
    hack, hacks, hacky, hackish, hackier, kludg*, kluge*, workaround*, work-around*, ugly hack, dirty hack,
    spaghetti, bloat*, bloated, overkill, over engineered, overengineered, brittle, fragile, clunky, clumsy,
    awkward*, convoluted, unreadable, unmaintainable, sloppy, flawed, inefficient, slow, slower, sluggish,
    bad, badly, worse, poor, poorly, wrong, wrongly, incorrect*, inconsisten*, misleading, bad idea,
    bad practice, not good, not great, not ideal, unnecessar*, needlessly, obscene*, obscenely, unacceptable,
    lacking`,
  failure: `
    fail*, failed, fails, failing, failure, broke, broken, breaks, breaking, crash*, bug, buggy, bugs,
    bugginess, error, errors, exception*, freez*, hang, hangs, doesn't work, does not work, didn't work,
    did not work, not working, won't work, can't get, cannot get, couldn't get, nothing works, never works,
    still not, regress*, corrupt*, leak*, dead, die, dies, died, kill*, killed, abort*, fatal*, violat*`,
  success: `
    works, worked, working, works great, works fine, works perfectly, works well, worked perfectly,
    worked great, worked like, solved, solves, resolved, fixed, fixes, success*, successfully, succeeded,
    did the trick, does the trick, just what, exactly what, what i needed, what i was looking, helped, helps,
    helpful, useful, handy, that helps, answered, accepted answer, working now, works now, figured out,
    figured it out, got it`,
  wish: `
    hope, hopefully, hoping, wish, wished, would be nice, would be great, would be awesome, would love,
    i'd love, would like, would be cool, would be helpful, would be useful, nice to have, be nice, be great,
    be awesome, be better, be helpful, please, pls, plz`,
  welcome: `
    welcome, you're welcome, no problem, no prob, np, no worries, no worry, any time, anytime, glad to,
    my pleasure, good luck, best of luck, happy to, feel free, don't worry, best wishes, best regards,
    kind regards, regards, have fun, happy coding, hth, hope this helps, hope that helps, hope it helps,
    you rock, you're the best, you da man, you are the best`,
  reproach: `
    why would you, why would anyone, why would someone, why on earth, why do you, why don't you,
    why didn't you, why did you, why are you, you should have, you shouldn't, you should not, don't do,
    do not, do not use, please don't, stop, never, should never, shouldn't, should not, why not,
    have you even, did you even, at least, do your own, homework, too lazy, not a question, off topic,
    not constructive, not programming, not helpful, unhelpful, doesn't help, does not help, doesn't answer,
    does not answer, not an answer, no one cares, nobody cares, who cares`,
  emphasis: `
    very, so, really, extremely, totally, absolutely, completely, utterly, incredibly, super, damn, too,
    pretty, quite, highly, insanely, absurdly, such, much, way, definitely, truly`,
  hedge: `
    maybe, perhaps, probably, possibly, might, could, a bit, a little, slightly, somewhat, kind of, kinda,
    sort of, fairly, rather, not sure, i guess, i think, i suppose, imo, imho, guess`,
  condition: `
    if, whether, in case, unless, suppose, would, could`,
  contrast: `
    but, however, although, though, yet, still, except, instead, unless`,
  writer: `
    i, i'm, i've, i'd, i'll, me, my, mine, myself, we, we're, our, us`,
  reader: `
    you, you're, you've, your, yours, u, yourself`,
  asking: `
    how, what, where, when, which, who, any suggestions, any ideas, any idea, anyone, anybody, someone,
    suggest*, recommend*, wondering`,
};

export const CUES = Object.keys(LEXICON);

/** A cue in a text: which, at which token, of how many tokens. */
export interface CueHit {
  cue: number;
  at: number;
  length: number;
}

const PHRASES = new Map<string, number[]>();
const BEGINNINGS = new Map<string, number[]>();
const LONGEST_BEGINNING = 12;
const LONGEST_PHRASE = fillMaps();

function fillMaps(): number {
  let longest = 1;
  Object.values(LEXICON).forEach((list, cue) => {
    for (const phrase of list.trim().split(/,\s+/)) {
      const open = phrase.length > 2 && phrase.endsWith("*");
      const [map, key] = open ? [BEGINNINGS, phrase.slice(0, -1)] : [PHRASES, phrase];
      map.set(key, [...(map.get(key) ?? []), cue]);
      longest = Math.max(longest, phrase.split(" ").length);
    }
  });
  return longest;
}

/** All cues of a text's lower-case tokens; they may overlap. */
export function cueHits(tokens: readonly string[]): CueHit[] {
  const hits: CueHit[] = [];
  tokens.forEach((token, at) => {
    let phrase = token;
    for (let length = 1; length <= LONGEST_PHRASE && at + length <= tokens.length; length++) {
      if (length > 1) phrase += ` ${tokens[at + length - 1]}`;
      for (const cue of PHRASES.get(phrase) ?? []) hits.push({ cue, at, length });
    }
    const known = PHRASES.get(token);
    for (let letters = 2; letters <= Math.min(token.length, LONGEST_BEGINNING); letters++) {
      for (const cue of BEGINNINGS.get(token.slice(0, letters)) ?? [])
        if (!known?.includes(cue)) hits.push({ cue, at, length: 1 });
    }
  });
  return hits;
}
