//! The vocabulary: common words of selling by telephone, and a long tail of compounds and derived words.

const NOUNS: &str = "account advice agenda answer appointment area arrow assistant autumn balance bench benefit bid board book \
    booth boss bridge brief broker budget building buyer cabin call caller campaign card carrier cart case cause chance channel chart clause \
    client clock closet club coach coast code coffee colleague column contract copy corner cost counter county course crate crew cup customer \
    dash date day deal dealer decision delay delivery depot desk detail dial diary discount dock door draft driver drop edge effort engine \
    estimate evening event example excuse expert factory fault favour fee field figure file filter firm fleet floor folder forecast form \
    fortnight freight friend garage gate gear goal greeting ground guide habit hall harbour hint hook hour house idea inbox invoice item job \
    joke journey key kitchen ladder lamp lane lead ledger lesson letter level lift line list load lobby log loop lunch machine mailbox manager \
    margin market meeting memo menu message meter method mile mill minute mirror moment month morning motor name need network night note \
    number offer office opener opinion order owner pack pallet panel paper park partner path pause pen phone pilot pipe pitch plan plant \
    pocket point pool port price printer problem product profit promise proof prospect pump quarter question queue quota quote rack rail range \
    rate reason referral region reply report request result review reward rival road role roof room route rule sale sample screen script seat \
    season second seller shelf shift ship shop signal site skill slot smile source spring stage stair stand station step stock store story \
    street summer summit supplier survey switch table tale target task team template term test ticket tide timber tone tool tower town track \
    trade trial truck trust tunnel turn unit vendor village visit voice wage wall warehouse watch week weight wheel window winter word work \
    workshop yard year";
const VERBS: &str = "accept add adapt agree aim allow answer appoint approach argue arrange ask assess assist attach audit avoid balance \
    block boost borrow brief call cancel carry check claim clean clear climb close coach collect compare complain confirm connect consider \
    contact cover count craft credit cross dash deal decide defend delay deliver demand depart describe design dial direct discuss doubt draft \
    earn edit enter escort expand expect explain extend fasten favour file fill filter finish fix follow frame gather grant greet guard guess \
    guide handle happen help hint hire hold hook hunt imagine improve inform insist inspect invite join judge jump label land last launch lead \
    learn lift limit link listen load lock log look mail manage mark match matter measure mend mention merge model move name need note notice \
    obtain offer open order own pack paint part pass pause phone pick pilot place plan play please point post praise prepare press price \
    print probe promise prompt protect prove pull push question quote raise reach read reason recall recover refer refuse relate remind rent \
    repair repeat reply report request resist rest result retain return review reward ring sample save scan search select sell send settle \
    shape share shift ship shout show sign skip smile solve sort sound spell start state stay step stock store study suggest suit supply \
    support swap talk target test thank time touch trace track trade train transfer treat trust turn update value view visit vote wait walk \
    want warn watch weigh welcome win wish wonder work wrap write";
const ADJECTIVES: &str = "able alert awkward bare basic bold brief bright brisk broad busy calm careful cheap clean clear clever close cold \
    common complete cool correct crisp curious daily dear decent deep direct dry dull eager early easy equal even exact extra fair familiar \
    famous fast fine firm fit fixed flat formal frank free frequent fresh friendly full general gentle genuine glad good grand great hard \
    helpful honest huge ideal keen key kind large late lean level light likely local long loud low loyal lucky mild minor modest narrow near \
    neat new nice normal obvious odd old open patient perfect plain pleasant polite poor possible precise present private prompt proper proud \
    public quick quiet random rare raw ready real recent regular relevant remote rich right rough round sad safe secure sensible separate \
    serious sharp short shy silent simple single slow small smart smooth social soft solid sound special steady steep stern stiff strange \
    strict strong sudden suitable sure sweet tall tender thin tidy tight tiny total tough true useful usual vague vivid warm weak weekly \
    whole wide willing wise worth young";

/// As many made-up compounds as bring the whole to some 6,000 words.
const COMPOUNDS: usize = 4000;

/// Words by part of speech, the common ones first.
pub struct Words {
    pub nouns: Ranked,
    pub plurals: Ranked,
    pub verbs: Ranked,
    pub adjectives: Ranked,
    pub adverbs: Ranked,
}

/// A list in which the word of rank n is drawn about as often as 1 in n.
pub struct Ranked {
    words: Vec<String>,
    /// Running sums of the weights, in millionths of the first word's.
    sums: Vec<u64>,
}

impl Words {
    pub fn new() -> Self {
        let list = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let (nouns, verbs, adjectives) = (list(NOUNS), list(VERBS), list(ADJECTIVES));
        let short: Vec<&String> = nouns.iter().filter(|noun| noun.len() <= 5).collect();
        // Pairs far apart in the list of all pairs, so that the tail is spread over the alphabet.
        let pairs = short.len() * short.len();
        let compound = |at: usize| format!("{}{}", short[at / short.len()], short[at % short.len()]);
        let tail: Vec<String> = (0..COMPOUNDS).map(|step| compound(step * 7919 % pairs)).collect();
        Self {
            adverbs: Ranked::new(adjectives.iter().map(|word| format!("{word}ly")).collect()),
            adjectives: Ranked::new(
                [adjectives.clone(), nouns.iter().map(|word| format!("{word}less")).collect()].concat(),
            ),
            plurals: Ranked::new(nouns.iter().map(|noun| format!("{noun}{}", plural_end(noun))).collect()),
            nouns: Ranked::new(
                [nouns, tail, verbs.iter().map(|word| format!("{word}ing")).collect()].concat(),
            ),
            verbs: Ranked::new(verbs),
        }
    }
}

/// The ending of a noun's plural or a verb's third person.
pub fn plural_end(word: &str) -> &'static str {
    if word.ends_with(['s', 'x']) || word.ends_with("ch") || word.ends_with("sh") { "es" } else { "s" }
}

impl Ranked {
    fn new(words: Vec<String>) -> Self {
        let sums = (0..words.len() as u64).scan(0, |sum, rank| {
            *sum += 1_000_000 / (rank + 12);
            Some(*sum)
        });
        Self { sums: sums.collect(), words }
    }

    /// The word at a point of the running sums; `point` may be any number.
    pub fn at(&self, point: u64) -> &str {
        let total = self.sums.last().copied().unwrap_or(1);
        let place = self.sums.partition_point(|&sum| sum <= point % total);
        &self.words[place]
    }
}
