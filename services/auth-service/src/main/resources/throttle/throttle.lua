-- The same as LocalCounts and Bucket, in one step for all instances.
-- KEYS: what is counted: own, net, account; those that are missing are the text "-".
-- ARGV: operation (enter, failed, succeeded, ended), now in ms, holds (0/1), counts at once (0/1),
--       and for each key: free, first, longest, leak, most.
local OPEN_FOR, ASKED_FOR, SKEW = 10000, 60000, 60000
local operation, now = ARGV[1], tonumber(ARGV[2])
local holds, at_once = ARGV[3] == '1', ARGV[4] == '1'
local rules, buckets = {}, {}

local function delay(rule, failures)
    if failures < rule.free then return 0 end
    return math.min(rule.longest, rule.first * 2 ^ math.min(failures - rule.free, 40))
end

for i = 1, 3 do
    if KEYS[i] ~= '-' then
        local from = 5 + (i - 1) * 5
        local rule = {
            free = tonumber(ARGV[from]), first = tonumber(ARGV[from + 1]), longest = tonumber(ARGV[from + 2]),
            leak = tonumber(ARGV[from + 3]), most = tonumber(ARGV[from + 4])
        }
        local kept = redis.call('HMGET', KEYS[i], 'f', 's', 'l', 'o', 'u', 'a')
        local function field(n) return tonumber(kept[n] or 0) or 0 end
        local begun = math.min(field(2), now)
        local leaked = math.floor((now - begun) / rule.leak)
        local left = math.max(0, field(1) - leaked)
        local until_ = field(5)
        local still_open = now < until_ and until_ - now <= OPEN_FOR + SKEW
        rules[i] = rule
        buckets[i] = {
            failures = left,
            since = left == 0 and now or begun + leaked * rule.leak,
            last = math.min(field(3), now),
            open = still_open and field(4) or 0,
            until_ = still_open and until_ or 0,
            asked = math.min(field(6), now)
        }
    end
end

local changed = {}
local function fail(i)
    local b = buckets[i]
    b.failures = math.min(rules[i].most, b.failures + 1)
    b.last = now
    b.open = math.max(0, b.open - 1)
    changed[i] = true
end

local wait = 0
if operation == 'enter' then
    for i = 1, 2 do
        local b = buckets[i]
        if b then wait = math.max(wait, b.last + delay(rules[i], b.failures + b.open) - now) end
    end
    if buckets[1] and buckets[3] then
        local ask = delay(rules[3], buckets[3].failures)
        local b = buckets[1]
        if ask > 0 then
            if not (b.asked > 0 and now - b.asked <= ask + ASKED_FOR) then
                b.asked = now
                changed[1] = true
            end
            wait = math.max(wait, b.asked + ask - now)
        end
    end
    wait = math.max(0, wait)
    if wait == 0 then
        for i = 1, 3 do
            local b = buckets[i]
            if b and at_once then
                fail(i)
            elseif b and holds and i < 3 then
                b.last = now
                b.open = b.open + 1
                b.until_ = now + OPEN_FOR
                b.asked = 0
                changed[i] = true
            end
        end
    end
elseif operation == 'failed' then
    for i = 1, 3 do
        if buckets[i] then fail(i) end
    end
else
    if buckets[1] then
        if operation == 'succeeded' then
            buckets[1].failures = 0
            buckets[1].since = now
        end
        buckets[1].open = math.max(0, buckets[1].open - 1)
        changed[1] = true
    end
    if buckets[2] then
        buckets[2].open = math.max(0, buckets[2].open - 1)
        changed[2] = true
    end
end

local function text(n) return string.format('%.0f', n) end
for i in pairs(changed) do
    local b = buckets[i]
    redis.call('HSET', KEYS[i], 'f', text(b.failures), 's', text(b.since), 'l', text(b.last), 'o', text(b.open),
        'u', text(b.until_), 'a', text(b.asked))
    redis.call('PEXPIRE', KEYS[i], text(b.failures * rules[i].leak + rules[i].longest + OPEN_FOR + ASKED_FOR))
end
return wait
