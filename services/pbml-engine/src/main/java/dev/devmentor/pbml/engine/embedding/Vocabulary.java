package dev.devmentor.pbml.engine.embedding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What words of developers weigh, and which phrases are one concept. The concepts are, in this order: the errors of POSIX
 * ({@code errno.h}) with their texts in C libraries and the exceptions that the documentation of Python's "OS exceptions" and
 * of {@code java.net} and {@code java.nio.file} gives for them; the states of HTTP (RFC 9110, RFC 6585); classes of SQLSTATE (PostgreSQL, Appendix A); what
 * compilers and run times say for the same fault; abbreviations. Written by hand, part of {@link Embedder#MODEL}.
 */
final class Vocabulary {

    /** What a concept weighs that a phrase tells, beside 1 for a word; half of it if a single word does. */
    private static final double CONCEPT = 2;
    /** What a concept weighs that many different faults have: that something is missing. */
    private static final double WEAK = .5;
    /** Of their weight: words whose meaning the concept tells already. */
    private static final double TOLD = .6;
    /** Of what the lighter of two neighbouring words weighs. */
    private static final double PAIR = .3;

    private static final double SHORT = .6;
    private static final double LETTER = .25;

    /** Weights of words that say less than others: class of weight, then the words. */
    private static final String WEIGHTS = """
            .05 the a an of to in on at by for with and or is are was were be been it its this that as from has have had will
            .05 would you your we i but if then than so do does did let my our their there these those which who when while
            .05 into onto per via about also again already just only please s t
            .2 com org net java javax lang io github www http https html util utils src main usr lib var std internal pkg app
            .2 gmail resources javascript kotlin system microsoft apache springframework local home opt org sun jdk
            .35 error exception err fatal warning warn info debug panic runtime thread fail failed failure can could unable not
            .35 no non may might must should cannot during because due occurred see try trying given get got caused
            .6 value type name file class method user key set add update fix remove use new make change test tests code line call
            .6 function data object string int number one two all any some other same more most first last default local
            .6 process message request response server client application service
            """;

    private static final String CONCEPTS = """
            EACCES = permission denied | access denied | eacces | eperm | operation not permitted
            EADDRINUSE = address already in use | address in use | eaddrinuse | port already in use | port in use
            ECONNREFUSED = connection refused | econnrefused | connect exception
            ECONNRESET = connection reset | econnreset | connection reset by peer | forcibly closed by the remote host
            ECONNABORTED = connection aborted | econnaborted | software caused connection abort
            EPIPE = broken pipe | epipe
            ETIMEDOUT = timed out | timeout | etimedout | time out | deadline exceeded | timeouts
            EHOSTUNREACH = no route to host | ehostunreach | host unreachable | network is unreachable | enetunreach
            ENOTFOUND = unknown host | name or service not known | enotfound | eai noname | no such host | could not resolve host
            ENOENT = no such file or directory | enoent | file not found | no such file | not such file
            EEXIST = file exists | eexist | file already exists | already exists
            EISDIR = is a directory | eisdir
            ENOTDIR = not a directory | enotdir
            ENOTEMPTY = directory not empty | enotempty
            EMFILE = too many open files | emfile | enfile
            ENOSPC = no space left on device | enospc | disk full | no space left
            ENOMEM = out of memory | oom | cannot allocate memory | enomem | memory error | bad alloc | heap space | heap limit | unable to allocate | oom killed | allocation failed
            EROFS = read only file system | erofs
            EINVAL = invalid argument | einval | illegal argument
            EINTR = interrupted system call | eintr | interrupted
            EDEADLK = deadlock | edeadlk | deadlock detected
            SIGSEGV = segmentation fault | sigsegv | segfault | access violation | segmentation violation | unexpected fault address
            400 = bad request | http 400 | status 400 | status code 400
            401 = unauthorized | http 401 | status 401 | status code 401 | unauthenticated | bad credentials
            403 = forbidden | http 403 | status 403 | status code 403 | not authorized
            404 = http 404 | status 404 | status code 404 | error 404 | cannot get | no handler found | page not found
            409 = http 409 | status code 409 | conflict
            429 = too many requests | http 429 | status 429 | status code 429 | rate limit | rate exceeded | throttling | rate limited | throttled | pull rate limit
            500 = internal server error | http 500 | status 500 | status code 500 | internal error
            502 = bad gateway | http 502 | status code 502
            503 = service unavailable | http 503 | status code 503
            504 = gateway timeout | http 504 | status code 504
            CORS = cors | cross origin | same origin policy | access control allow origin
            23505 = duplicate key | unique constraint | unique violation
            23503 = foreign key | integrity constraint
            23502 = not null constraint | cannot be null | cannot insert null | not null violation
            42P01 = undefined table | relation does not exist | no such table | table does not exist
            42703 = undefined column | column does not exist | no such column | unknown column | invalid column name | invalid column
            42601 = syntax error | incorrect syntax | error in your sql syntax | command not properly ended | parse error
            40P01 = deadlock detected | deadlock found
            28P01 = password authentication failed | invalid password
            53300 = too many connections | too many clients | pool limit | connection slots are reserved | connection is not available
            null = null pointer | npe | nil pointer | null reference | none type | of undefined | nil nil | of null | object reference not set | nullpointer
            unknown-name = cannot find symbol | unresolved reference | is not defined | undefined | cannot find value | not declared | cannot find name | name error | undeclared | undefined reference
            out-of-bounds = out of bounds | out of range | index error | outside the bounds
            wrong-cast = cannot be cast | class cast | invalid cast | unable to cast | could not cast | interface conversion
            ~expected = expected | missing before | expecting
            unbalanced = unexpected eof | end of file while parsing | unexpected end of input | unclosed delimiter | expected at end of input | unexpected end of file
            wrong-arguments = wrong number of arguments | cannot be applied to | too many arguments | positional arguments | argument lists differ | arguments were supplied | arguments but | not enough arguments | argument error
            missing-member = is not a function | has no attribute | no method | has no field or method | does not exist on type | undefined method | cannot find symbol method
            uninitialised = not have been initialized | referenced before assignment | before initialization | not initialized | used uninitialized | unbound local | is not initialized | uninitialized
            not-implemented = is not abstract and does not override | abstract method | does not implement | not all trait items implemented | incorrectly implements | missing method | not implemented
            redefined = already defined | already been declared | redeclared | redefinition | cannot redeclare | already declared | duplicate identifier
            cycle = circular | cycle | circular import | circular dependency | import cycle | form a cycle | partially initialized module
            inaccessible = private access | is private | inaccessible | only accessible within | unexported | protection level
            unreachable = unreachable statement | unreachable code | never be executed | unreachable expression | unreachable | dead code
            unhandled = unreported exception | unhandled | must be caught | return value is not checked | must be used | uncaught
            deprecated = deprecated | deprecation | obsolete
            docker-daemon = docker daemon | docker sock | docker environment
            image = pull image | pulling image | image pull back off | err image pull | pull access denied | manifest unknown | manifest not found
            crash-loop = crash loop back off | restarting failed container | keeps restarting
            encoding = malformed input | cannot decode | valid utf 8 | invalid utf 8 | invalid byte sequence | unicode decode | codec can not decode
            assertion = assertion failed | assertion error | but was | expected received | not equal expected actual | assert
            environment-variable = environment variable | env var | resolve placeholder | unbound variable | os environ | environ | required configuration property | configuration property
            ssh-key = publickey | public key | unable to authenticate | auth fail
            conflict = conflicting dependencies | dependency tree | eresolve | dependency conflict | version conflict | conflict found | failed to select a version | incompatible versions
            unavailable-package = could not find artifact | no matching distribution | module not found | package not found | could not resolve dependencies
            checksum = checksum mismatch | integrity checksum | eintegrity | do not match the hashes | checksum validation | hash mismatch | checksum
            command = command not found | not recognized as an internal or external command | executable file not found | spawn enoent | no such command
            authentication = authentication | auth | authn | authenticate | login | log in | sign in | logon
            authorization = authorization | authz | authorize
            configuration = configuration | config | cfg | conf | settings | configure
            database = database | db
            environment = environment | env
            directory = directory | dir | folder
            repository = repository | repo
            parameter = parameter | param | params
            argument = argument | arg | args
            variable = variable
            message = message | msg
            connection = connection | conn
            documentation = documentation | docs | doc | readme
            dependency = dependency | deps | dep
            development = development
            initialise = initialize | init | initialise | initialization
            delete = delete | remove | drop
            bug = bug | defect
            specification = specification | spec
            reference = reference | ref
            temporary = temporary | tmp | temp
            implementation = implementation | impl
            statistics = statistics | stats
            administrator = administrator | admin
            asynchronous = asynchronous | async
            synchronous = synchronous | sync | synchronize
            memory = memory | mem
            kubernetes = kubernetes | k8s
            javascript = javascript | js
            typescript = typescript | ts
            internationalisation = internationalization | i18n
            garbage-collection = garbage collection | gc | garbage collector
            continuous-integration = continuous integration | ci | github actions | travis | jenkins
            pull-request = pull request | pr | merge request
            time-to-live = ttl | time to live | expiration | expiry
            regular-expression = regex | regexp | regular expression
            certificate = certificate | cert | certs | x509
            secure-sockets = ssl | tls
            ~absent = missing | not found | no such | does not exist | unknown | absent | could not find | cannot find | cannot be found | not present | not exist
            ~invalid = invalid | malformed | bad | illegal | incorrect | wrong | not valid
            ~refused = denied | refused | rejected | not allowed | not permitted | blocked
            ~exceeded = exceeded | too many | too large | too long | maximum | limit | exhausted | too much
            ~repeated = duplicate | twice | again | redundant
            ~mismatch = mismatch | mismatched | incompatible | does not match | conflict
            ~expired = expired | outdated | stale
            ~concurrent = concurrent | concurrently | simultaneous | parallel
            """;

    private static final Map<String, Double> WEIGHT = weights();
    private static final Phrase PHRASES = phrases();

    private Vocabulary() {}

    /** Where the first words of phrases lead. */
    private static final class Phrase {
        private final Map<String, Phrase> next = new HashMap<>();
        private @Nullable String concept;
    }

    private static Map<String, Double> weights() {
        Map<String, Double> weights = new HashMap<>();
        for (String line : WEIGHTS.lines().toList()) {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) {
                weights.putIfAbsent(Stem.of(words[i]), Double.parseDouble(words[0]));
            }
        }
        return weights;
    }

    private static Phrase phrases() {
        Phrase root = new Phrase();
        for (String line : CONCEPTS.lines().toList()) {
            int equals = line.indexOf(" = ");
            for (String phrase : line.substring(equals + 3).split(" \\| ")) {
                Phrase at = root;
                for (String stem : Words.stems(phrase)) {
                    at = at.next.computeIfAbsent(stem, key -> new Phrase());
                }
                if (at.concept == null) {
                    at.concept = line.substring(0, equals);
                }
            }
        }
        return root;
    }

    /** 0 to 1: how much a word says by itself. */
    static double weight(String stem) {
        double byLength = stem.length() == 1 ? LETTER : stem.length() == 2 ? SHORT : 1;
        return stem.charAt(0) < 128 ? WEIGHT.getOrDefault(stem, byLength) : 1;
    }

    /** Words with their neighbours, and for the longest phrase at each place that means a concept this too. */
    static void add(List<String> stems, List<Double> weights, Features features) {
        int told = 0;
        for (int i = 0; i < stems.size(); i++) {
            if (i >= told) {
                told = Math.max(told, concept(stems, i, features));
            }
            String stem = stems.get(i);
            features.word(stem, weights.get(i) * (i < told ? TOLD : 1));
            if (i > 0) {
                features.pair(stems.get(i - 1), stem, PAIR * Math.min(weights.get(i - 1), weights.get(i)));
            }
        }
    }

    /** Where the longest phrase that begins at a place ends; the place if there is none. */
    private static int concept(List<String> stems, int from, Features features) {
        Phrase at = PHRASES;
        String concept = null;
        int end = from;
        for (int i = from; i < stems.size(); i++) {
            at = at.next.get(stems.get(i));
            if (at == null) {
                break;
            }
            if (at.concept != null) {
                concept = at.concept;
                end = i + 1;
            }
        }
        if (concept != null) {
            features.whole(concept, concept.charAt(0) == '~' ? WEAK : end == from + 1 ? CONCEPT / 2 : CONCEPT);
        }
        return end;
    }
}
