package dev.devmentor.gateway.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The script that decides, atomically in Redis, for many callers at once: an exact sliding window each, and a quota for a day.
 *
 * <p>A window is one string: the times of the admitted requests, oldest first, each as four big-endian bytes of microseconds (modulo
 * 2^32, which is 71 minutes). The key lives for 60 s after its last admission, so that no time in it is old enough to be mistaken. A quota is the text
 * {@code DAY:COUNT} with the number of the UTC day since 1970.
 *
 * <p>{@code KEYS}: for each entry its window, then its quota if it has one. {@code ARGV[1]}: for each entry
 *
 * <pre>
 * 1 byte   flags: 1 it has a quota, 2 requests that were admitted without asking are told, 4 the same for a quota alone
 * 2 bytes  requests
 * 4 bytes  limit of the window
 * 4 bytes  limit of the day, with flag 1
 * 4 bytes  for each request its age in milliseconds, with flag 2
 * </pre>
 *
 * {@code ARGV[2]}: the time in microseconds; 0 for that of Redis (only tests say another). The answer has for each entry without flags 2 and 4
 *
 * <pre>
 * 2 bytes  requests that are admitted, the first so many
 * 4 bytes  requests left in the window after that
 * 4 bytes  milliseconds, rounded up, until one more than that is left
 * 4 bytes  requests left today, with flag 1
 * 4 bytes  milliseconds, rounded up, until the day ends, with flag 1
 * </pre>
 *
 * Windows are neither written to the append-only file nor sent to replicas: they last a minute, and would be most of what is written there. Each
 * gateway tells a new run of Redis what it admitted. Quotas are written.
 */
final class WindowScript {
    /** Flag: the entry has a quota. */
    static final int QUOTA = 1;
    /** Flag: tells admissions of a window. */
    static final int TELL = 2;
    /** Flag: tells admissions of a quota. */
    static final int TELL_QUOTA = 4;

    static final String SOURCE = """
            local spec, now = ARGV[1], tonumber(ARGV[2])
            if now == 0 then
              local time = redis.call('TIME')
              now = time[1] * 1000000 + time[2]
            end
            redis.set_repl(redis.REPL_NONE)
            local call, get, put, floor = redis.call, struct.unpack, struct.pack, math.floor
            local SPAN, WRAP, DAY = 60000000, 4294967296, 86400000000
            local today = floor(now / DAY)
            local dayEnds = floor(((today + 1) * DAY - now + 999) / 1000)
            local out, at, k = {}, 1, 0

            local function used(quota)
              local value = call('GET', quota)
              if value then
                local colon = value:find(':', 1, true)
                if tonumber(value:sub(1, colon - 1)) == today then
                  return tonumber(value:sub(colon + 1))
                end
              end
              return 0
            end

            local function use(quota, count)
              redis.set_repl(redis.REPL_ALL)
              call('SET', quota, string.format('%d:%d', today, count), 'PX', dayEnds)
              redis.set_repl(redis.REPL_NONE)
            end

            -- The log, how many times it holds, how many of them have left the window, and now, which never lies before its last one.
            local function window(key)
              local log = call('GET', key) or ''
              local n, low = #log / 4, now % WRAP
              if n > 0 then
                local last = get('>I4', log, n * 4 - 3)
                local ahead = (last - low) % WRAP
                if ahead > 0 and ahead < WRAP / 2 then
                  -- The clock was set back. By less than a window: it stands still meanwhile. By more: these times say nothing.
                  if ahead <= SPAN then low = last else log, n = '', 0 end
                end
              end
              local gone, step = 0, 1
              while gone + step <= n and (low - get('>I4', log, (gone + step) * 4 - 3)) % WRAP >= SPAN do
                gone, step = gone + step, step * 2
              end
              local high = gone + step - 1
              if high > n then high = n end
              while gone < high do
                local middle = floor((gone + high) / 2)
                if (low - get('>I4', log, middle * 4 + 1)) % WRAP >= SPAN then gone = middle + 1 else high = middle end
              end
              return log, n, gone, low
            end

            while at <= #spec do
              local flags, units, limit
              flags, units, limit, at = get('>BI2I4', spec, at)
              k = k + 1
              local key = KEYS[k]
              if flags == 4 then
                use(key, used(key) + units)
              elseif flags == 2 then
                local log, n, gone, low = window(key)
                local ages, oldest = {}, 0
                for _ = 1, units do
                  local age
                  age, at = get('>I4', spec, at)
                  age = age * 1000
                  if age < SPAN then
                    ages[#ages + 1] = age
                    if age > oldest then oldest = age end
                  end
                end
                if #ages > 0 then
                  -- Only what came after the oldest of them has to be put in order with them.
                  local kept = n
                  while kept > gone do
                    local age = (low - get('>I4', log, kept * 4 - 3)) % WRAP
                    if age >= oldest then break end
                    ages[#ages + 1] = age
                    kept = kept - 1
                  end
                  table.sort(ages, function(a, b) return a > b end)
                  for i = 1, #ages do ages[i] = put('>I4', (low - ages[i]) % WRAP) end
                  call('SET', key, log:sub(gone * 4 + 1, kept * 4) .. table.concat(ages), 'PX', 60000)
                end
              else
                local log, n, gone, low = window(key)
                local count = n - gone
                local admitted = limit - count
                if admitted > units then admitted = units end
                local quota, perDay, spent
                if flags == 1 then
                  perDay, at = get('>I4', spec, at)
                  k = k + 1
                  quota = KEYS[k]
                  spent = used(quota)
                  if admitted > perDay - spent then admitted = perDay - spent end
                end
                if admitted > 0 then
                  if gone > 0 then log = log:sub(gone * 4 + 1) end
                  log = log .. string.rep(put('>I4', low), admitted)
                  gone = 0
                  count = count + admitted
                  call('SET', key, log, 'PX', 60000)
                  if quota then
                    spent = spent + admitted
                    use(quota, spent)
                  end
                else
                  admitted = 0
                end
                local left, blocking = limit - count, 0
                if left < 0 then left, blocking = 0, count - limit end
                local more = 0
                if blocking < count then
                  local first = get('>I4', log, (gone + blocking) * 4 + 1)
                  more = floor((SPAN - (low - first) % WRAP + (low - now) % WRAP + 999) / 1000)
                elseif left == 0 then
                  more = SPAN / 1000
                end
                out[#out + 1] = put('>I2I4I4', admitted, left, more)
                if quota then
                  local rest = perDay - spent
                  if rest < 0 then rest = 0 end
                  out[#out + 1] = put('>I4I4', rest, dayEnds)
                end
              end
            end
            return table.concat(out)
            """;

    /** What {@code EVALSHA} calls it. */
    static final String SHA = sha1(SOURCE);

    private WindowScript() {}

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
