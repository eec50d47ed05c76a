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
          full: { name: Ada, tier: pro, age: 36, note: "n", tags: [a, b], active: true, score: 2.5, customer: { name: Ada, nick: A, address: { city: Bern, zip: "3000" }, orders: [{ title: T, price: 3 }] }, history_items: [{ role: user, text: hi }], meta: { x: 1 }, any: 5, day: "2024-05-01" }
          least: { name: Ada, tier: free, tags: [], active: false, score: 0, customer: { name: Ada, orders: [] }, history_items: [], meta: {}, any: null, day: "2024-05-01" }
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

        {{ # a comment }}{{ ## long }} comment ## }}{{ name # trailing
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
        {{ for m in history_items }}
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
