using PromptLsp.Language.Linting;
using PromptLsp.Language.Semantics;
using PromptLsp.Testing;

namespace PromptLsp.Language.Tests.Linting;

/// <summary>What Scriban can do, as prompts use it: nothing is wrong with any of it, and nothing is said.</summary>
public sealed class CorrectPromptsTests
{
    private const string Head = """
        ---
        input:
          schema:
            name: string
            tier(enum): [free, pro, enterprise]
            age?: integer
            note?: string
            tags(array): string
            active: boolean
            score: number
            count: integer
            matrix(array): { cells(array): integer }
            customer(object):
              name: string
              nick?: string
              address?(object): { city: string, zip?: string }
              orders(array):
                title: string
                price: number
                gift?: boolean
            history_items(array): { role: string, text: string }
            meta: { (*): any }
            any: any
            day: string
        samples:
          full: { name: Ada, tier: pro, age: 36, note: "n", tags: [a, b], active: true, score: 2.5, count: 4, matrix: [{ cells: [1, 2] }], customer: { name: Ada, nick: A, address: { city: Bern, zip: "3000" }, orders: [{ title: T, price: 3 }] }, history_items: [{ role: user, text: hi }], meta: { x: 1 }, any: 5, day: "2024-05-01" }
          least: { name: Ada, tier: free, tags: [], active: false, score: 0, count: 0, matrix: [], customer: { name: Ada, orders: [] }, history_items: [], meta: {}, any: null, day: "2024-05-01" }
        lint: { disable: [unused-input] }
        ---

        """;

    /// <summary>A blank line parts one from the next.</summary>
    public static TheoryData<string> Bodies { get; } =
    [
        .. """"
        {{ if tier == "enterprise" || tier == "pro" }}VIP{{ else if active }}ok{{ else }}no{{ end }}

        {{ for o in customer.orders }}{{ for.index + 1 }}. {{ o.title | string.upcase }} at {{ o.price | math.format "0.00" }}{{ if !for.last }}, {{ end }}{{ else }}none{{ end }}

        {{ for o in customer.orders | array.compact | array.sort "price" }}{{ o.title }}{{ end }}

        {{ i = 0 }}{{ while i < 3 }}{{ i }} {{ i = i + 1 }}{{ end }}

        {{ i = 3 }}{{ while i > 0 }}{{ i -= 1 }}{{ if i == 1; break; end }}{{ while.index }}{{ end }}

        {{ func greet(who, greeting = "Hello") }}{{ greeting }}, {{ who }}!{{ end }}{{ greet name }} {{ greet name greeting: "Hi" }} {{ greet(name, "Hey") }}

        {{ func add(a, b); ret a + b; end }}{{ add 1 2 }} {{ 3 | add 4 }}

        {{ square(x) = x * x }}{{ square 3 }} {{ [1, 2] | array.each @square | array.join "," }}

        {{ capture block }}Dear {{ name }}{{ end }}{{ block | string.strip }}

        {{ x = 1; readonly x; x }}

        {{ case tier }}{{ when "free", "pro" }}small{{ when "enterprise" }}big{{ else }}?{{ end }}

        {{ case score }}{{ when 0 || 1 }}low{{ when 2.5 }}mid{{ end }}

        {{ o = { a: 1, "b": [1, 2, 3], c: { d: "x" } } }}{{ o.a }} {{ o.b[1] }} {{ o.c.d }} {{ o["a"] }}

        {{ for n in 1..3 }}{{ n }}{{ end }} {{ for n in 0..<tags.size }}{{ tags[n] }}{{ end }} {{ for n in (1..10) limit: 2 offset: 1 }}{{ n }}{{ end }}

        {{ customer.address?.city }} {{ customer?.address?.zip ?? "?" }} {{ customer.nick ?? customer.name }}

        {{ active ? "on" : "off" }} {{ score > 1 ? (score > 2 ? "a" : "b") : "c" }} {{ note ? note : "-" }}

        {{ $"Hi {name}, {1 + 2} {customer.name | string.upcase}" }} {{ `raw \n {{x}}` }} {{ 'single "q"' }} {{ "tab\t\u0041" }}

        {{~ if active ~}}
        yes
        {{~ else ~}}
        no
        {{~ end ~}}
        {{- name -}}

        {%{ {{ not code }} }%} {%%{ {%{ }%} }%%}

        {{ # a comment }}{{ ## long comment ## }}{{ name # trailing
        }}

        {{ tags | array.sort | array.uniq | array.join ", " }} {{ (tags | array.size) > 0 ? "some" : "none" }} {{ tags.size }}

        {{ if (tags | array.contains "a") && !(tags | array.contains "z") }}x{{ end }}

        {{ customer.orders | array.map "title" | array.join ", " }} {{ customer.orders | array.sort "price" | array.first | object.to_json }}

        {{ total = 0 }}{{ for o in customer.orders }}{{ total = total + o.price }}{{ end }}{{ total | math.round 2 }}

        {{ day | date.parse | date.to_string "%Y-%m-%d" }} {{ date.now.year }} {{ (date.parse day).month }} {{ date.now | date.add_days 3 | date.to_string "%F" }}

        {{ if note }}{{ note }}{{ end }}{{ if age }} {{ age + 1 }}{{ end }}{{ if customer.address && customer.address.zip }}{{ customer.address.zip }}{{ end }}

        {{ if !note }}none{{ else }}{{ note | string.upcase }}{{ end }}

        {{ note = note ?? "nothing" }}{{ note }}

        {{ if note != null && note != "" }}{{ note }}{{ end }}{{ if note == "x" }}{{ note }}{{ end }}

        {{ meta.anything }} {{ meta["x"] }} {{ for kv in meta }}{{ kv.key }}={{ kv.value }};{{ end }} {{ meta | object.keys | array.join "," }}

        {{ any }} {{ any?.foo }} {{ any | object.typeof }} {{ if any; any; end }}

        {{ tablerow t in tags cols: 2 }}{{ t }}{{ end }}

        {{ for t in tags reversed }}{{ t }}{{ if for.first }}!{{ end }}{{ if for.even }}e{{ end }}{{ for.changed }}{{ for.length }}{{ for.rindex }}{{ end }}

        {{ name | string.replace "A" "B" | string.truncate 10 | string.pad_left 5 }} {{ name | string.slice 0 1 }} {{ name[0] }} {{ name.size }}

        {{
        x = name |
          string.upcase |
          string.strip
        y = [
          1,
          2
        ]
        x + y.size
        }}

        {{ role "system" }}
        You help {{ name }}.
        {{ history }}
        {{ role "user" }}
        {{ for m in history_items ~}}
        {{ role m.role }}
        {{ m.text }}
        {{ end }}

        {{ media url: "https://x/y.png" contentType: "image/png" }} {{ section "tail" }}

        {{ a = [] }}{{ for t in tags }}{{ a = a | array.add t }}{{ end }}{{ a[a.size - 1] }} {{ a | array.last }}

        {{ "a" + 1 + score }} {{ 7 // 2 }} {{ 7 / 2 }} {{ 7 % 2 }} {{ 1 << 3 }} {{ "ab" * 2 }} {{ -score }} {{ +3 }} {{ !active }}

        {{ func fact(n) }}{{ if n <= 1; ret 1; end; ret n * (fact (n - 1)) }}{{ end }}{{ fact 5 }}

        {{ tags | array.each @(do; ret $0 + "!"; end) | array.join " " }} {{ tags | array.filter @(do; ret $0 != "a"; end) | array.size }}

        {{ object.eval "1 + 2" }} {{ "Hi {{ name }}" | object.eval_template }}

        {{ if name | string.empty }}x{{ end }}{{ if name == "" }}x{{ end }}{{ if tags == empty }}e{{ end }}{{ if customer.nick | string.whitespace }}w{{ end }}

        {{ "x" | string.to_int ?? 3 }} {{ null ?? "d" }} {{ note | object.default "none" | string.upcase }} {{ age | object.default 3 | math.plus 1 }}

        {{ name; ", "; tier }} {{ name | html.escape }} {{ regex.replace name "[A-Z]" "x" }} {{ name | regex.match "A" | array.first }}

        {{ for o in customer.orders; if o.gift; continue; end; o.title; "\n"; end }}

        {{ import { foo: 1 } }}{{ foo }}

        {{ this.name }} {{ this["tier"] }}

        {{ customer.orders[0]?.title }} {{ if customer.orders.size > 0 }}{{ customer.orders[0].price }}{{ end }}

        JSON: {"a": "{{ name }}", "b": {"c": {{ score }}}}
        f(x) = {x} and ${y} and { {z} }

        {{ and_more = 1 }}{{ or_else = 2 }}{{ in_stock = true }}{{ if in_stock && and_more > or_else }}x{{ end }}

        {{ end_date = day }}{{ set_of = tags }}{{ End = 1 }}{{ End }} {{ Else = 2 }}{{ Else }} {{ default = "x" }}{{ default }}

        {{ x = { and: 1, or: 2, in: 3, not: 4, is: 5 } }}{{ x.and }} {{ x.in }} {{ x.not }} {{ x["is"] }}

        {{ func unless(c) }}{{ if !c }}{{ ret "u" }}{{ end }}{{ end }}{{ unless active }}

        {{ macro = 1 }}{{ function = 2 }}{{ return = 3 }}{{ switch = 4 }}{{ macro + function + return + switch }}

        {{ for x in [1, 2, 3] }}{{ for y in [4, 5] }}{{ x }}{{ y }} {{ end }}{{ end }}

        {{ names = customer.orders | array.map "title" }}{{ for n in names }}{{ n }}{{ end }} {{ names[0] }}

        {{ first = tags | array.first }}{{ last = tags | array.last }}{{ if first != last }}{{ first }}-{{ last }}{{ end }}

        {{ x = tier == "pro" ? "P" : tier == "free" ? "F" : "E" }}{{ x }}

        {{ func list(items) }}{{ for i in items }}- {{ i }}
        {{ end }}{{ end }}{{ list tags }}{{ list(tags) }}{{ tags | list }}

        {{ f = @string.upcase }}{{ f name }} {{ name | f }} {{ tags | array.each @f | array.join "" }}

        {{ s = "a,b" | string.split "," }}{{ s[0] }} {{ s.size }} {{ for p in s }}{{ p }}{{ end }}

        {{ if score >= 1.5 && score <= 3 }}{{ score | math.format "N1" }}{{ end }} {{ 1e3 }} {{ 0x1F }} {{ 1_000 }}

        {{ if customer.address }}{{ customer.address.city }}{{ else }}no address{{ end }}

        {{ address = customer.address }}{{ if address }}{{ address.city }}{{ end }}

        {{ if !customer.nick; ret; end }}Hi {{ customer.nick }}

        {{ (name | string.upcase) + "!" }} {{ (1 + 2) * 3 }} {{ [name, tier] | array.join "/" }} {{ { a: name } | object.to_json }}

        {{ func outer(x) }}{{ func inner(y) }}<{{ y }}>{{ end }}{{ inner x }}{{ end }}{{ outer name }}

        {{ f = do; ret $0 + $1; end }}{{ f 1 2 }}

        {{ func sum; ret $0 + $1; end }}{{ sum 1 2 }} {{ sum(3, 4) }}

        {{ func va(x, rest...) }}{{ x }}{{ for r in rest }},{{ r }}{{ end }}{{ end }}{{ va 1 2 3 }}

        {{ func va(x, y = 5) }}{{ x }}{{ y }}{{ end }}{{ va 1 }}{{ va x: 1 y: 2 }}

        {{ func wrapit }}<b>{{ $$ }}</b>{{ end }}{{ wrap wrapit }}inner {{ name }}{{ end }}

        {{ func w(cls) }}<div class="{{ cls }}">{{ $$ }}</div>{{ end }}{{ wrap w "x" }}content{{ end }}

        {{ with customer }}{{ name }} {{ orders.size }}{{ end }}

        {{ with customer }}{{ this.name }}{{ for o in orders }}{{ o.title }}{{ end }}{{ end }}

        {{ x = { a: 1 } }}{{ with x }}{{ a }}{{ b = 2 }}{{ end }}{{ x.b }}

        {{ x = {} }}{{ x.foo = 1 }}{{ x.bar = "a" }}{{ x.foo }}{{ x.bar }}

        {{ x = [] }}{{ x[0] = 5 }}{{ x[3] = 7 }}{{ x.size }} {{ x }}

        {{ x = {} }}{{ x["k v"] = 1 }}{{ x["k v"] }}

        {{ $x = 5 }}{{ $x + 1 }}

        {{ func f }}{{ $local = 1; $local + $0 }}{{ end }}{{ f 3 }}

        {{ func f; ret $.named; end }}{{ f named: 4 }}

        {{ func f; ret $.size; end }}{{ f 1 2 3 }} 

        {{ func f; ret $[0] + $[1]; end }}{{ f 1 2 }}

        {{ case count }}{{ when 1, 2, 3 }}few{{ when 4 || 5 }}some{{ else }}many{{ end }}

        {{ case count
           when 1
             "one"
           when 4
             "four"
           else
             "?"
           end }}

        {{
          case tier
            when "free"
              x = 1
            when "pro"
              x = 2
            else
              x = 3
          end
        }}{{ x }}

        {{ for x in tags offset: 1 }}{{ x }}{{ end }}{{ for x in tags limit: 1 }}{{ x }}{{ end }}{{ for x in tags reversed limit: 1 offset: 0 }}{{ x }}{{ end }}

        {{ for x in tags offset:1 limit:count }}{{ x }}{{ end }}

        {{ for i in 1..count }}{{ i }}{{ end }} {{ for i in count..1 }}{{ i }}{{ end }}

        {{ (1..5) | array.join "-" }} {{ (1..<5).size }}

        {{ x = 1..3 }}{{ for i in x }}{{ i }}{{ end }}{{ x | array.size }}

        {{ tags | array.each @string.upcase | array.join "," }}

        {{ customer.orders | array.each @(do; ret $0.title; end) | array.join ", " }}

        {{ customer.orders | array.filter @(do; ret $0.gift; end) | array.map "title" | array.join ", " }}

        {{ is_gift(o) = o.gift }}{{ customer.orders | array.filter @is_gift | array.size }}

        {{ customer.orders | array.any @(do; ret $0.price > 3; end) }}

        {{ tags | array.any @string.contains "a" }}

        {{ tags | array.add "z" | array.concat ["y"] | array.compact | array.reverse | array.join "," }}

        {{ tags | array.insert_at 0 "q" | array.remove_at 0 | array.limit 1 | array.offset 0 | array.first }}

        {{ tags | array.cycle }}{{ array.cycle ["a", "b"] }}{{ array.cycle ["a", "b"] "g" }}

        {{ tags | array.cycle group: "x" }}

        {{ name | string.append "x" | string.prepend "y" | string.capitalize | string.capitalizewords | string.handleize }}

        {{ name | string.base64_encode | string.base64_decode }} {{ name | string.md5 }} {{ name | string.sha1 }} {{ name | string.sha256 }} {{ name | string.hmac_sha256 "k" }}

        {{ name | string.contains "A" }} {{ name | string.starts_with "A" }} {{ name | string.ends_with "a" }} {{ name | string.index_of "d" }} {{ name | string.literal }}

        {{ name | string.remove "A" }} {{ name | string.remove_first "A" }} {{ name | string.remove_last "a" }} {{ name | string.replace_first "A" "B" }} {{ name | string.slice1 1 }} {{ name | string.truncatewords 2 }} {{ name | string.escape }}

        {{ "3" | string.to_int | math.plus 1 }} {{ "3.5" | string.to_double }} {{ "3" | string.to_long }} {{ "3.5" | string.to_float }}

        {{ count | string.pluralize "item" "items" }} {{ 5 | string.pad_left 3 }} {{ name | string.pad_right 10 }}

        {{ name | string.equals_ignore_case "ADA" }} {{ name | string.rstrip | string.lstrip | string.strip_newlines }} {{ name | string.whitespace }}

        {{ score | math.abs | math.ceil }} {{ score | math.floor }} {{ score | math.round 1 }} {{ score | math.times 2 | math.minus 1 | math.divided_by 3 | math.modulo 2 }} {{ math.is_number score }} {{ math.random 1 5 }} {{ math.uuid }}

        {{ d = date.parse day }}{{ d.year }} {{ d.month }} {{ d.day }} {{ d.day_of_year }} {{ d.hour }} {{ d.minute }} {{ d.second }} {{ d.millisecond }} {{ d.day_of_week }}

        {{ (date.now - (date.parse day)).total_days }} {{ (date.now - date.now).hours }}

        {{ timespan.from_days 5 }} {{ (timespan.from_hours 3).total_minutes }} {{ timespan.zero }} {{ timespan.parse "1.00:00:00" }} {{ date.now + (timespan.from_days 5) }}

        {{ date.format = "%Y" }}{{ date.now }}

        {{ object.keys customer | array.join "," }} {{ object.values { a: 1 } | array.join "," }} {{ object.size customer }} {{ customer | object.has_key "name" }} {{ customer | object.has_value "name" }} {{ object.kind count }} {{ object.typeof name }}

        {{ object.from_json '{"a": 1}' }} {{ ('{"a": [1]}' | object.from_json).a[0] }} {{ { a: 1 } | object.to_json }}

        {{ x = '{"a": {"b": 2}}' | object.from_json }}{{ x.a.b }}{{ for y in x.a }}{{ y.key }}{{ end }}

        {{ html.escape name }} {{ name | html.strip }} {{ name | html.url_encode }} {{ name | html.url_escape }} {{ name | html.newline_to_br }}

        {{ m = regex.match name `(\w)(\w+)` }}{{ m[1] }}-{{ m[2] }}{{ if m.size > 0 }}yes{{ end }}

        {{ for m in (regex.matches name `\w`) }}{{ m[0] }}{{ end }}

        {{ name | regex.replace `(?<x>\w)` "$1" "i" }}

        {{ $"Total: {score * 2} {tags | array.join ", "} {active ? "y" : "n"}" }}

        {{ $"nested {$"inner {name}"}" }}

        {{ x = $"a{1}b" ; x }}

        {{ 
        # a comment
        x = 1 # trailing
        ## block
        comment ##
        x
        }}

        {{ x = 1 ; y = 2 ; x + y }}

        {{ if active
          "yes"
        else if tier == "pro"
          "mid"
        else
          "no"
        end }}

        {{ for x in tags
          x + " "
          if for.last
            break
          end
        end }}

        {{ x = tags | array.size
           y = x + 1
           y }}

        {{ func add(a, b)
          ret a + b
        end
        add 1 2 }}

        {{ obj = {
          a: 1,
          "b c": 2,
          d: {
            e: [1, 2, { f: 3 }]
          },
        }
        obj.d.e[2].f }}

        {{ [1, 2, 3,] | array.size }} {{ [] }} {{ {} | object.size }}

        {{ name |> string.upcase }}

        {{ name |> string.upcase |> string.strip }}

        {{ tags | array.each(@string.upcase) | array.join(", ") }}

        {{ string.replace(name, "a", "b") }} {{ string.replace name "a" "b" }} {{ name | string.replace("a", "b") }}

        {{ string.truncate text: name length: 3 }} {{ name | string.truncate length: 3 ellipsis: "…" }}

        {{ 10 // 3 }} {{ 10 % 3 }} {{ 1.5e3 }} {{ 1.5f }} {{ 1.5d }} {{ 1.5m }} {{ 100000000000 }} {{ 0b101 }}

        {{ null }} {{ true }} {{ false }} {{ empty }}

        {{ name == empty }} {{ tags == empty ? "none" : "some" }} {{ if tags != empty }}x{{ end }}

        {{ meta?.a?.b?.c }} {{ meta.a?.b ?? "x" }} {{ note ?! "set" }}

        {{ tags[-1] }} {{ tags[tags.size - 1] }} {{ name[0] }} {{ "abc"[1] }} {{ tags[0]?.size }}

        {{ a = 1; a += 2; a -= 1; a *= 3; a /= 2; a //= 1; a %= 3; a }}

        {{ capture x }}{{ for t in tags }}{{ t }}{{ end }}{{ end }}{{ x | string.size }}

        {{ capture customer_line }}{{ customer.name }} ({{ tier }}){{ end }}{{ customer_line }}

        {{ ret }}never seen

        {{ if !active }}{{ ret }}{{ end }}rest

        {{ func f }}{{ if $0 > 1 }}{{ ret }}{{ end }}x{{ end }}{{ f 1 }}{{ f 2 }}

        {{ func gcd(a, b); while b != 0; t = b; b = a % b; a = t; end; ret a; end }}{{ gcd 12 18 }}

        {{ import { greet: "hi", who: name } }}{{ greet }} {{ who }}

        {{ x = { greet: "hi" }; import x }}{{ greet }}

        {{ readonly name }}{{ name }}

        {{ for x in tags }}{{ x }}{{ else }}no tags{{ end }}

        {{ for x in [] }}{{ x }}{{ else }}none{{ end }}

        {{ while true }}{{ break }}{{ end }}

        {{ i = 0 }}{{ while i < 5; i = i + 1; if i == 2; continue; end; i; end }}

        {{ for x in tags }}{{ o = for.index }}{{ for y in tags }}{{ o }}.{{ for.index }}{{ end }}{{ end }}

        {%{ {{ raw }} }%}{{ name }}{%{{{ x }}}%}

        {%%{ a }%} b {{x}} }%%}

        {{"{{"}} literal {{ "}}" }} {{ '{{' }}

        Use {single} braces, ${dollar}, $(shell), `code`, 100%, C# and {% not liquid in text

        { "json": { "nested": { "x": [1, 2, {"y": {}}] } } }

        JSON: {"a": {"b": "{{ name }}"}}

        JSON: {"a": {"b": {{ tags | object.to_json }}}}

        {{- name -}} {{~ name ~}} {{-}} 

        {{ if active }}{{ end }}{{ for t in tags }}{{ end }}

        {{ x = active && name != "" ? name : "nobody" }}{{ x }}

        {{ y = tier == "free" || tier == "pro" ? 1 : 2; y }}

        {{ tags | array.join ", " | string.upcase | string.append "!" }}

        {{ tags | array.contains "a" && active }}

        {{ if (tags | array.contains "a") && active }}x{{ end }}

        {{ if tags.size > 1 && tags[0] == "a" }}x{{ end }}

        {{ for o in customer.orders | array.sort "price" | array.reverse }}{{ o.title }}{{ end }}

        {{ for o in customer.orders }}{{ if o.price > 3 }}{{ continue }}{{ end }}{{ o.title }}{{ end }}

        {{ total = 0; for o in customer.orders; total += o.price; end; total | math.format "F2" }}

        {{ groups = {} }}{{ for o in customer.orders }}{{ groups[o.title] = (groups[o.title] ?? 0) + 1 }}{{ end }}{{ for g in groups }}{{ g.key }}={{ g.value }};{{ end }}

        {{ x = { name: "a" } }}{{ x.name = "b" }}{{ x.age = 3 }}{{ x | object.to_json }}

        {{ l = [1,2]; l[1] = 5; l | array.join "," }}

        {{ f = @(do; ret $0 * 2; end); [1,2] | array.each @f | array.join "," }}

        {{ func twice(fn, x); ret fn (fn x); end; inc(x) = x + 1; twice @inc 3 }}

        {{ with { a: 1 } }}{{ a }}{{ end }}

        {{ case true }}{{ when score > 2 }}big{{ when score > 1 }}mid{{ else }}small{{ end }}

        {{ case tags.size }}{{ when 0 }}none{{ when 1 }}one{{ else }}{{ tags.size }}{{ end }}

        {{ case name }}
        {{ when "Ada" }}a
        {{ when "Bob" }}b
        {{ end }}

        {{ case tier
        when "free" }}F{{ when "pro" }}P{{ end }}

        {{ if tier == "free" }}a{{ else if tier == "pro" }}b{{ else if tier == "enterprise" }}c{{ end }}

        {{ object.default note "x" }} {{ note | object.default("x") }}

        {{ d = day | date.parse; d | date.to_string '%A, %d %B %Y %H:%M:%S' }} {{ date.now.date | date.to_string "%x" }}

        {{ "Hello" + " " + name + "!" }} {{ "n=" + score }} {{ 1 + "a" }} {{ "-" * 10 }}

        {{ tags | object.typeof }} {{ tags | object.size }} {{ "x" | object.size }}

        {{ this | object.keys | array.join "," }}

        {{ for i in 0..(tags.size - 1) }}{{ tags[i] }}{{ end }}

        {{ for i in (0..<tags.size) }}{{ i }}{{ end }}

        {{ array.size tags }} {{ tags | array.uniq | array.size }}

        {{ date.now.year - 1 }} {{ date.now | date.to_string "%Y" | string.to_int }}

        {{ score | math.round }}{{ count | math.plus score }}{{ "5" + 3 }}{{ "5" * 3 }}

        {{ name | html.escape | string.replace "\n" "<br>" }}

        {{ name |
           string.upcase |
           string.strip }}

        {{ name | string.upcase() }} {{ name | string.size }} {{ date.now() }} {{ math.uuid() }}

        {{ tags | array.join ", " @string.upcase }}

        {{ tags | array.sort @string.size }}

        {{ tags | array.each @(do
          ret $0 | string.upcase
        end) | array.join "," }}

        {{ x = customer }}{{ x.foo = 1 }}{{ x.foo }}

        {{ if note && note.size > 3 }}{{ note }}{{ end }}

        {{ if customer.address?.zip != null }}{{ customer.address.zip }}{{ end }}

        {{ customer.address?.zip | string.upcase }}

        {{ note == null ? "none" : note }}

        {{ !note ? "none" : note }}

        {{ note == "" ? "a" : note }}

        {{ if !note || note == "" }}-{{ else }}{{ note }}{{ end }}

        {{ if note == null || note == "" }}-{{ else }}{{ note }}{{ end }}

        {{ has_note = note != null }}{{ if has_note }}{{ note }}{{ end }}

        {{ has_note = note && note != "" }}{{ if has_note }}{{ note }}{{ end }}

        {{ if age > 18 }}{{ age }}{{ end }}

        {{ if age >= 18 }}adult{{ else }}minor of {{ age }}{{ end }}

        {{ if note | string.contains "x" }}{{ note }}{{ end }}

        {{ if !(note | string.empty) }}{{ note }}{{ end }}

        {{ if !string.whitespace(note) }}{{ note }}{{ end }}

        {{ if (note | string.strip) != "" }}{{ note }}{{ end }}

        {{ if note | object.typeof == "string" }}{{ note }}{{ end }}

        {{ while note }}{{ note }}{{ break }}{{ end }}

        {{ case note }}{{ when null }}-{{ else }}{{ note }}{{ end }}

        {{ [note, age] | array.compact | array.join ", " }}

        {{ { n: note } | object.to_json }}

        {{ x = note }}{{ if x }}{{ x }}{{ end }}

        {{ x = note }}{{ if x }}{{ note }}{{ end }}

        {{ if note }}{{ if age }}{{ note }}{{ age }}{{ end }}{{ end }}

        {{ customer.nick ? "(" + customer.nick + ")" : "" }}

        {{ customer.nick ?? customer.name | string.upcase }}

        {{ for o in customer.orders }}{{ o.gift ? "yes" : "no" }}{{ end }}

        {{ if active == true }}x{{ end }}{{ if !active }}y{{ end }}{{ if active == false }}z{{ end }}

        {{ if name != "" }}x{{ end }} {{ if name != null }}x{{ end }}

        {{ if customer.orders[0] }}x{{ end }}

        {{ greeting = "Hello" }}{{ if name == "Bob" }}{{ greeting = null }}{{ end }}{{ if greeting }}{{ greeting }}{{ end }}

        {{ first = true }}{{ for t in tags }}{{ if !first }}, {{ end }}{{ t }}{{ first = false }}{{ end }}

        {{ found = false }}{{ for t in tags }}{{ if t == "a" }}{{ found = true; break }}{{ end }}{{ end }}{{ if found }}yes{{ end }}

        {{ sep = "" }}{{ for t in tags }}{{ sep }}{{ t }}{{ sep = ", " }}{{ end }}

        {{ for o in customer.orders | array.filter @(do; ret $0.price > 1; end) }}{{ o.title }}{{ end }}

        {{ for t in customer.orders | array.filter @(do(o); ret o.price > 1; end) | array.map "title" }}{{ t }}{{ else }}none{{ end }}

        {{ for t in tags | array.each do; ret $0 + "!"; end }}{{ t }}{{ end }}

        {{ [1, 2] | array.each do; ret $0; end }}

        {{ x = [1, 2] | array.each do(n); ret n * 2; end }}{{ x }}

        {{ func twice(f, x); ret f (f x); end; twice @(do(n); ret n + 1; end) 3 }}

        {{ func apply(x, f); ret f x; end; apply 3 do(n); ret n + 1; end }}

        {{ x = tags | array.filter @(do; ret $0 == "a"; end) | array.size }}{{ if x > 1 }}{{ x + 1 }}{{ end }}

        {{ if tags | array.filter @(do; ret $0 == "a"; end) | array.size > 0 }}y{{ end }}

        {{ if (tags | array.filter @(do; ret $0 == "a"; end)).size > 0 }}y{{ end }}

        {{ if tags | array.any do; ret $0 == "a"; end }}y{{ end }}

        {{ x = tags.empty?
        y = name
        y }}{{ x }}

        {{ tags.empty? ? "none" : "some" }}{{ if !tags.empty? && !name.blank? }}{{ name }}{{ end }}

        {{ if !note.empty? }}{{ note }}{{ end }}{{ if note.blank? }}-{{ else }}{{ note }}{{ end }}{{ note.empty? ? "" : note }}

        {{ $"\{nmae} is {name}" }}{{ $"{tags | array.join "}{"} {customer["name"]}" }}

        {{ func $f; ret 1; end; $f }}{{ func $g(a); ret a; end; $g 1 }}

        {{ totals = [1, 2]; totals.note = "x"; totals.note }}{{ tags.note = "x"; tags.note }}

        {{ this.dyn = 2; dyn }}{{ this["more"] = 3; more }}{{ capture this.text }}a{{ end }}{{ text }}

        {{ this[name] = 1; Ada }}

        {{ prev = null }}{{ for t in tags }}{{ if prev }}{{ prev }}{{ end }}{{ prev = t }}{{ end }}
        """".Split("\n\n"),
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Nothing_is_said(string body)
    {
        PromptModel prompt = Model(Head + body);
        Finding[] findings = [.. Findings(prompt)];
        Assert.True(findings.Length == 0, Annotated.Draw(prompt.Document.Text, findings));
    }
}
