package dev.devmentor.learning.engine.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists of words of each language. */
final class Words {
    static final Set<String> ENGLISH_STOP = set("""
            a anew aside today tomorrow yesterday ahead apart largest smallest highest lowest newest oldest fastest latest
            greatest best worst longest shortest about above across after again against all almost alone along already also although always am among an and
            another any anybody anyone anything are around as at away back be became because become becomes been before
            behind being below beside besides between beyond both but by came can cannot could did do does doing done
            down during each either else enough especially even ever every everyone everything few fewer first for from
            further get gets given gives go goes gone good got great had half has have having he hence her here hers
            herself high him himself his how however i if in inside instead into is it its itself just keep last later
            least less let like likely little long lot made mainly make makes many may maybe me means might mine more
            moreover most mostly much must my myself near nearly need needs neither never next no nobody none nor not
            nothing now of off often on once one only onto or other others otherwise our ours out over own per perhaps
            quite rather really same second several shall she should since single so some somebody someone something
            sometimes soon still such than that the their theirs them then there therefore these they third this those
            though three through throughout thus to together too toward towards two under unless until up upon us
            usually very via was we well were what whatever when where whereas wherever whether which while who whole
            whom whose why will with within without would yes yet you your yours""");

    static final Set<String> GERMAN_STOP = set("""
            ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus
            außer außerdem bei beide beiden beim bereits besonders bevor bin bis bist bloß da dabei dadurch dafür dagegen
            daher damit danach daneben dann daran darauf daraus darf darin darüber darum darunter das dass davon davor
            dazu dein deine dem den denen denn dennoch der deren des deshalb desselben dessen desto dich die dies diese
            diesem diesen dieser dieses dir doch dort du durch ebenfalls eben ein eine einem einen einer eines einige
            einigen einmal erst erste ersten er es etwa etwas euch euer fast für ganz gar gegen gemeinsam genau genug gern
            gibt habe haben hat hatte hatten hier hin hinter hätte ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
            indem infolge innen innerhalb ins irgend ist ja je jede jedem jeden jeder jedes jedoch jene jenem jenen jener
            jenes jetzt kann kannst kein keine keinem keinen keiner können könnte könnten lassen lässt machen macht man
            manche manchmal mehr mehrere mehreren mein meine meist meistens mich mir mit muss musste müssen nach nachdem
            neben nicht nichts nie niemals noch nun nur ob obwohl oder oft ohne paar pro schon sehr sein seine seinem
            seinen seiner seit selbst selten sich sie sind so sobald sodass sofern sogar solange solch solche solchem
            solchen solcher soll sollen sollte sollten somit sondern sonst soweit sowie sowohl statt stets trotz trotzdem
            um und uns unser unter usw viel viele vielen vielleicht vom von vor war waren warum was wegen weil weiter
            weitere weiteren welche welchem welchen welcher wenig wenige weniger wenn wer werden wie wieder will wird
            wirklich wo wobei während worden wurde wurden wäre würde würden zu zudem zum zur zwar zwei drei zwischen zwölf
            über überhaupt übrigens""");

    static final Set<String> ENGLISH_VERBS = set("""
            accepts adds affects agrees aims allocates allows answers appears applies appends asks assigns attaches avoids
            becomes begins belongs binds blocks breaks brings builds caches calls carries catches causes changes checks
            chooses claims cleans closes collects combines comes commits compares compiles completes computes concerns
            connects consists consumes contains continues controls converts copies costs counts covers creates decides
            declares defines delays deletes delivers demands denotes depends describes destroys detects determines differs
            disappears discards divides downloads drops emits enables encodes encrypts ends ensures enters equals
            evaluates executes exists expects expires explains exposes extends fails falls fetches fills finds finishes
            fires fits flows follows forces forms forwards frees gathers generates grants grows guarantees handles happens
            helps hides holds identifies ignores implements implies improves includes increases indicates inherits inserts
            invokes involves isolates issues joins keeps knows lasts leads learns leaves lets lies limits links listens
            lists lives loads locates locks looks loses maintains manages maps marks masks matches matters measures merges
            moves names needs notices notifies observes occurs offers opens operates orders owns parses passes performs
            persists picks places plays points polls prefers prevents prints processes produces promises propagates
            protects provides publishes pulls pushes puts queries raises ranges reaches reacts reads receives recognises
            recognizes records recovers reduces refers refuses registers rejects relates releases relies remains remembers
            removes renames replaces replicates reports represents requests requires resolves responds restarts restores
            results retries returns reuses rises rolls routes runs saves says scales searches seems selects sends
            separates serves sets shares shows shrinks signals simplifies skips slows solves sorts spans speeds spends
            splits spreads stands starts stays stops stores streams submits succeeds suffers supports survives suspends
            switches takes tells tends terminates tests tracks transforms transfers translates travels treats tries
            triggers turns understands updates uploads uses validates verifies waits wakes walks wants warns watches works
            wraps writes yields
            allow allows contain contains store hold use provide require return consist include describe
            used called known stored written read sent kept held based made found
            using reading writing sending keeping
            wait send receive give take make write read store keep know see find need want become begin decide delete remove
            ensure happen grow copy wins win""");

    static final Set<String> GERMAN_VERBS = set("""
            bezeichnet bedeutet beschreibt besteht bestehen bildet bleibt bietet bringt enthält enthalten entsteht erhält
            erlaubt ermöglicht erzeugt erfolgt führt gehört gehören gilt hält heißt kommt liefert liegt liest nennt nutzt
            prüft reicht schickt schreibt schützt sendet sorgt speichert spricht steht stellt trägt trennt tritt umfasst
            unterscheidet verbindet verhindert verteilt versteht verwaltet verwendet wartet wirkt zeigt""");

    static final Set<String> ENGLISH_VAGUE = set("""
            advantage amount approach byte bytes default millisecond milliseconds minute seconds percent area aspect basis beginning benefit bit case cases change choice concept condition
            copy course day days detail difference disadvantage effect end example examples fact feature features form
            goal group hour hours idea issue item items kind kinds lack level line lines list matter meaning method
            minute minutes moment month months name names need number numbers order others part parts people person place
            point points problem problems property purpose question reason result results right role rule rules section
            sense set side situation size solution sort step steps task term terms text thing things thousand thousands million millions time times top type
            types use user users value values version view way ways week weeks work world year years""");

    static final Set<String> GERMAN_VAGUE = set("""
            prozent sekunde sekunden byte bytes abschnitt anfang ansatz anzahl art arten aspekt aufgabe bedeutung begriff beispiel beispiele bereich ding
            dinge ebene eigenschaft eigenschaften einsatz ende ergebnis fall folge form frage fälle gegensatz grund gründe
            gruppe größe hilfe jahr jahre kapitel konzept lage linie liste lösung mal mensch menschen menge merkmal methode
            minute minuten möglichkeit möglichkeiten nachteil name namen ort person problem probleme punkt regel regeln
            reihe reihenfolge rolle sache schritt schritte seite sinn situation stelle stunde stunden stück tag tage teil
            teile text thema typ umgang unterschied ursache verfahren vergleich version vorteil vorteile weg weise welt
            wert werte wirkung woche wochen wort zahl zahlen zeit zeiten zeitpunkt ziel zusammenhang zweck""");

    static final Set<String> ENGLISH_POINTING = set("""
            another both consequently finally former furthermore he hence hereby here his however instead it its latter
            likewise meanwhile moreover neither nevertheless otherwise second she similarly such that their then there
            therefore these they third this those thus we you i nor and but or so yet""");

    static final Set<String> GERMAN_POINTING = set("""
            aber außerdem beide dabei dadurch dafür dagegen daher damit danach daneben dann daraus darin darüber darum
            davon dazu dementsprechend denn dennoch deren deshalb dessen dies diese diesem diesen dieser dieses doch dort
            er es ferner folglich hierbei hierdurch hierfür hier hiermit hierzu ihr ihre jedoch jene jener jenes man oder
            sie sein seine so sodann solche solcher somit sondern sonst trotzdem und wir zudem zweitens drittens erstens""");

    /** Before a stop that does not end a sentence; single letters are known without a list. */
    static final Set<String> ABBREVIATIONS = set("""
            abb abs al allg approx art bd bsp bzgl bzw ca cf chap co corp dept dr ebd ed eg engl etc evtl fig figs ff ggf
            hrsg ie inc inkl insb jh jr kap lat lt ltd max mind min mr mrs ms mt nr no nov od orig pp prof resp sec seit sog
            sr st str tab ten u.a usf usw v.a vgl vol vs z.b zit zzgl""");

    /** Words before a number that make it an ordinal in German: "im 19. Jahrhundert". */
    static final Set<String> BEFORE_ORDINALS = set("am im vom zum der die das dem den des bis seit zur beim ab");

    private Words() {}

    private static Set<String> set(String words) {
        return Set.copyOf(new LinkedHashSet<>(List.of(words.strip().split("\\s+"))));
    }
}
