using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Expressions;

/// <summary>
/// Every function: what it gives, and what it refuses. The examples of docs/expressions.md are held by the generated page.
/// </summary>
public sealed class FunctionTests
{
    private const string Open = """[{"weekday":"monday","opens":"09:00","closes":"12:00"},{"weekday":"monday","opens":"13:00","closes":"18:00"},{"weekday":"saturday","opens":"10:00","closes":"14:00"}]""";

    private static readonly FakeScope Scope = new FakeScope("""{"rows":[{"id":1,"due":"2026-06-10","paid":true},{"id":2,"due":"2026-05-01","paid":false},{"id":3,"due":null,"paid":true}],"n":null,"name":"Maria","o":{"a":1,"b":null}}""")
        .Ambient("$now", "\"2026-11-01T00:30:00-05:00\"")
        .Ambient("$run", """{"time_zone":"America/Chicago"}""")
        .Ambient("$workspace", $$"""{"time_zone":"UTC","business_hours":{{Open}}}""");

    public static TheoryData<string, string> Values => new()
    {
        { "upper(\"straße é 1\")", "\"STRAßE É 1\"" },
        { "upper(5)", "\"5\"" },
        { "lower(\"ÀB\")", "\"àb\"" },
        { "capitalize(\"\")", "\"\"" },
        { "capitalize(\"élan vital\")", "\"Élan vital\"" },
        { "title(\"o'neil mc-donald\")", "\"O'neil Mc-Donald\"" },
        { "trim(\"\\n a b \")", "\"a b\"" },
        { "replace(\"aaa\", \"aa\", \"b\")", "\"ba\"" },
        { "substring(\"Añil👍🏽x\", 4, 1)", "\"\\uD83D\\uDC4D\\uD83C\\uDFFD\"" },
        { "substring(\"abc\", -2)", "\"bc\"" },
        { "substring(\"abc\", 7, 2)", "\"\"" },
        { "truncate(\"abc\", 3)", "\"abc\"" },
        { "truncate(\"abcdef\", 5, \"...\")", "\"ab...\"" },
        { "pad_left(\"abc\", 2)", "\"abc\"" },
        { "pad_right(\"a\", 3)", "\"a  \"" },
        { "starts_with(\"abc\", \"b\")", "false" },
        { "ends_with(\"abc\", \"\")", "true" },
        { "split(\" a  b \")", "[\"a\",\"b\"]" },
        { "split(\"a;;b\", \";\")", "[\"a\",\"\",\"b\"]" },
        { "slug(\"  ¡Hola! \")", "\"hola\"" },
        { "slug(\"Straße Łódź\")", "\"strasse-lodz\"" },
        { "slug(\"ẞ Ærø Œuvre Đà þing ıħŋĸ ð\")", "\"ss-aero-oeuvre-da-thing-ihngk-d\"" },
        { "slug(\"日本語\")", "\"\"" },
        { "map([\"a@b.co\", \"a@b\", \"a b@c.co\", \"@b.co\", \"a@@b.co\", \"a@-b.co\"], x "
            + "=> is_email(x))", "[true,false,false,false,false,false]" },
        { "is_email(n)", "false" },
        { "is_email(nobody)", "false" },
        { "matches(\"abc\", \"^b\")", "false" },
        { "extract(\"id=42;\", \"id=([0-9]+)\")", "\"42\"" },
        { "extract(\"x\", \"[0-9]\")", "null" },
        { "extract_all(\"x\", \"[0-9]\")", "[]" },
        { "replace_pattern(\"2026-06\", \"([0-9]+)-([0-9]+)\", \"$2/$1 $ $x\")", "\"06/2026 $ $x\"" },
        { "number(\" -1e3 \")", "-1000" },
        { "number(4.50)", "4.50" },
        { "number(\"1,180\")", "1180" },
        { "number(\"-12,345,678.5\")", "-12345678.5" },
        { "map([\"12,34\", \"0,5\", \"-1,5\", \"1,1800\", \",180\", \"180,\", \"1.5,000\", \"0,500\", "
            + "\"1,,180\"], x => number(x, -7))", "[-7,-7,-7,-7,-7,-7,-7,-7,-7]" },
        { "number(\"x\", 0)", "0" },
        { "number(n, 7)", "7" },
        { "round(-2.5)", "-3" },
        { "round(2.345, 1)", "2.3" },
        { "floor(-2.1)", "-3" },
        { "floor(2.19, 1)", "2.1" },
        { "ceil(-2.9)", "-2" },
        { "ceil(2.11, 1)", "2.2" },
        { "abs(3.5)", "3.5" },
        { "min([\"b\", \"a\"])", "\"a\"" },
        { "min([])", "null" },
        { "min(5)", "5" },
        { "max(\"2026-06-10\", \"2026-07-01\")", "\"2026-07-01\"" },
        { "max([2, 2.5])", "2.5" },
        { "clamp(-1, 0, 10)", "0" },
        { "format_number(-1234.5)", "\"-1,235\"" },
        { "format_number(0.5, 3)", "\"0.500\"" },
        { "money(-5)", "\"-$5.00\"" },
        { "money(1234.5, \"jpy\")", "\"¥1,235\"" },
        { "money(1.2345, \"bhd\")", "\"BHD 1.235\"" },
        { "money_of_cents(12345, \"kwd\")", "\"KWD 12.345\"" },
        { "to_cents(1.234, \"jod\")", "1234" },
        { "from_cents(12345, \"kwd\")", "12.345" },
        { "from_cents(12345, \"CLF\")", "1.2345" },
        { "money_of_cents(5)", "\"$0.05\"" },
        { "money_of_cents(500, \"JPY\")", "\"¥500\"" },
        { "to_cents(0.125)", "13" },
        { "to_cents(300, \"jpy\")", "300" },
        { "from_cents(5, \"eur\")", "0.05" },
        { "percent_of(10, 0.05)", "0.01" },
        { "today()", "\"2026-11-01\"" },
        { "today(\"Pacific/Honolulu\")", "\"2026-10-31\"" },
        { "date(\"2026-07-01T12:00:00Z\")", "\"2026-07-01T07:00:00-05:00\"" },
        { "date(\"2026-07-01 12:00\")", "\"2026-07-01T12:00:00-05:00\"" },
        { "date(\"2026-07-01\")", "\"2026-07-01\"" },
        { "date(\"2026-07-01T12:00:00\", \"Europe/Berlin\")", "\"2026-07-01T05:00:00-05:00\"" },
        { "date(0)", "\"1969-12-31T18:00:00-06:00\"" },
        { "date(\"2026-03-08T02:30\")", "\"2026-03-08T03:30:00-05:00\"" },
        { "format_date(\"2026-06-10T15:24:00Z\", \"time\")", "\"10:24 AM\"" },
        { "format_date(\"2026-06-10T15:24:00Z\", \"time\", \"UTC\")", "\"3:24 PM\"" },
        { "format_date(\"2026-06-10\")", "\"June 10, 2026\"" },
        { "format_date(\"2026-06-10\", \"short\")", "\"Jun 10\"" },
        { "format_date(\"2026-06-10\", \"date\", \"Pacific/Honolulu\")", "\"June 10, 2026\"" },
        { "in_zone(\"2026-06-10T12:00\", \"UTC\")", "\"2026-06-10T17:00:00Z\"" },
        { "add_minutes($now, 61)", "\"2026-11-01T01:31:00-05:00\"" },
        { "add_hours($now, 2)", "\"2026-11-01T01:30:00-06:00\"" },
        { "add_hours(\"2026-06-10\", 1)", "\"2026-06-10T01:00:00-05:00\"" },
        { "add_days($now, 1)", "\"2026-11-02T00:30:00-06:00\"" },
        { "add_days(\"2026-06-10\", -10)", "\"2026-05-31\"" },
        { "add_weeks(\"2026-06-10T15:24:00Z\", -1)", "\"2026-06-03T10:24:00-05:00\"" },
        { "add_months(\"2026-03-31\", -1)", "\"2026-02-28\"" },
        { "add_years(\"2026-06-10\", 4)", "\"2030-06-10\"" },
        { "date_diff($now, add_days($now, 1), \"hours\")", "25" },
        { "date_diff($now, add_days($now, 1), \"days\")", "1" },
        { "date_diff(\"2026-06-10\", \"2026-06-09T23:00\", \"days\")", "0" },
        { "date_diff(\"2026-06-10\", \"2026-06-01\", \"weeks\")", "-1" },
        { "date_diff(\"1985-07-01\", \"2026-06-30\", \"years\")", "40" },
        { "map([\"seconds\", \"minutes\", \"months\"], u => date_diff(\"2026-01-31\", \"2026-02-28\", u))", "[2419200,40320,1]" },
        { "start_of(\"2026-06-10T15:24:00Z\", \"day\")", "\"2026-06-10T00:00:00-05:00\"" },
        { "start_of(\"2026-06-10\", \"week\")", "\"2026-06-08\"" },
        { "start_of(\"2026-06-10T15:24:00Z\", \"hour\")", "\"2026-06-10T10:00:00-05:00\"" },
        { "end_of(\"2026-06-10T15:24:00Z\", \"month\")", "\"2026-07-01T00:00:00-05:00\"" },
        { "end_of(\"2026-06-10\", \"year\")", "\"2026-12-31\"" },
        { "map([\"year\", \"month\", \"day\", \"hour\", \"minute\", \"second\", \"weekday\", \"week\", \"day_of_year\"], p => "
            + "date_part(\"2026-06-10T15:24:07Z\", p))", "[2026,6,10,10,24,7,3,24,161]" },
        { "weekday($now)", "\"Sunday\"" },
        { "to_unix(\"1970-01-01T00:00:01.9Z\")", "1" },
        { "add_business_days(\"2026-06-12\", 2)", "\"2026-06-15\"" },
        { "add_business_days(\"2026-06-15T12:00\", -1, [\"2026-06-13\"])", "\"2026-06-08T12:00:00-05:00\"" },
        { "business_days_between(\"2026-06-01\", \"2026-06-16\")", "5" },
        { "business_days_between(\"2026-06-16\", \"2026-06-01\", [\"2026-06-13\"])", "-4" },
        { "is_business_day(\"2026-06-13\")", "true" },
        { "is_business_day(\"2026-06-13\", [\"2026-06-13\"])", "false" },
        { "map([\"2026-06-15T12:00\", \"2026-06-15T13:00\", \"2026-06-15T18:00\"], x => is_business_time(x))", "[false,true,false]" },
        { "next_business_time(\"2026-06-15T12:30\")", "\"2026-06-15T13:00:00-05:00\"" },
        { "next_business_time(\"2026-06-15T13:30\")", "\"2026-06-15T13:30:00-05:00\"" },
        { "next_business_time(\"2026-06-15T18:00\", [\"2026-06-20\"])", "\"2026-06-22T09:00:00-05:00\"" },
        { "first([])", "null" },
        { "last([])", "null" },
        { "last(rows).id", "3" },
        { "at([1], 5)", "null" },
        { "slice([1, 2, 3, 4], -3, 2)", "[2,3]" },
        { "take([1], 5)", "[1]" },
        { "reverse([])", "[]" },
        { "unique([1, 1.0, \"1\", {a: 1}, {\"a\": 1}, [null], [null]])", "[1,\"1\",{\"a\":1},[null]]" },
        { "concat(\"a\", 1, true)", "\"a1true\"" },
        { "flatten([[1, [2]], 3])", "[1,[2],3]" },
        { "compact([0, false, \"\", null, []])", "[0,false,[]]" },
        { "chunk([], 2)", "[]" },
        { "join([1, null, \"a\"])", "\"1, a\"" },
        { "join([1], \"-\", \" and \")", "\"1\"" },
        { "index_of(\"banana\", \"nan\")", "2" },
        { "index_of([1], 2)", "-1" },
        { "contains([1, {a: 1}], {a: 1.0})", "true" },
        { "contains(o, \"b\")", "true" },
        { "contains(\"a1\", 1)", "true" },
        { "map(rows, (r, i) => r.id * i)", "[0,2,6]" },
        { "filter(rows, r => r.paid) | map(r => r.id)", "[1,3]" },
        { "find(rows, r => r.id == 9)", "null" },
        { "any([])", "false" },
        { "any([0])", "true" },
        { "all([], x => false)", "true" },
        { "count(rows)", "3" },
        { "count(rows, r => r.paid)", "2" },
        { "sum([])", "0" },
        { "average([], x => x)", "null" },
        { "average(rows, r => r.id)", "2" },
        { "sort(rows, r => r.due) | map(r => r.id)", "[2,1,3]" },
        { "sort_desc(rows, r => r.due) | map(r => r.id)", "[1,2,3]" },
        { "sort([\"b\", \"a\"])", "[\"a\",\"b\"]" },
        { "group_by(rows, r => r.paid) | keys", "[\"true\",\"false\"]" },
        { "reduce([], 5, (a, x) => x)", "5" },
        { "reduce([1, 2], [], (a, x, i) => concat(a, [x * i]))", "[0,2]" },
        { "keys({})", "[]" },
        { "values(o)", "[1,null]" },
        { "entries({})", "[]" },
        { "from_entries([{key: 1, value: 2}, {key: \"1\", value: 3}])", "{\"1\":3}" },
        { "get(o, \"a\")", "1" },
        { "get(o, \"b\", 5)", "5" },
        { "pick(o, \"b\", \"zz\", \"b\")", "{\"b\":null}" },
        { "omit(o, \"b\", \"zz\")", "{\"a\":1}" },
        { "merge(o, {b: 2}, {c: 3})", "{\"a\":1,\"b\":2,\"c\":3}" },
        { "length([1, 2])", "2" },
        { "length(o)", "2" },
        { "length(\"👍🏽é\")", "2" },
        { "text([1, null])", "\"[1,null]\"" },
        { "text(true)", "\"true\"" },
        { "exists(o.b)", "false" },
        { "exists(o.zz.y)", "false" },
        { "exists(0)", "true" },
        { "is_empty(nobody)", "true" },
        { "is_empty(0)", "false" },
        { "is_empty([])", "true" },
        { "default(nobody, 1)", "1" },
        { "default(\"x\", 1)", "\"x\"" },
        { "default([], 1)", "[]" },
        { "type_of(nobody)", "\"null\"" },
        { "map([1, \"a\", true, {}], x => type_of(x))", "[\"number\",\"text\",\"boolean\",\"object\"]" },
        { "map([\"No\", \"on\", 0, [], \"\"], x => boolean(x))", "[false,true,false,false,false]" },
        { "to_json({a: [1]}, true)", "\"{\\n  \\\"a\\\": [\\n    1\\n  ]\\n}\"" },
        { "to_json(n)", "\"null\"" },
        { "from_json(\"[1, 2]\")[1]", "2" },
        { "sha256(\"\")", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"" },
        { "sha512(\"abc\") | length", "128" },
        { "hmac_sha256(\"what do ya want for nothing?\", \"Jefe\")", "\"5bdcc146bf60754e6a042426089575c75a003f089d2"
            + "739839dec58b964ec3843\"" },
        { "base64_encode(\"\")", "\"\"" },
        { "base64_decode(\"aHR0cDovL2E_Yg\")", "\"http://a?b\"" },
        { "url_encode(\"é/?\")", "\"%C3%A9%2F%3F\"" },
        { "url_decode(\"%zz%20\")", "\"%zz \"" },
        { "url_query({a: [1, 2], b: null, c: true})", "\"a=1&a=2&c=true\"" },
        { "map([\"scheme\", \"host\", \"port\", \"path\", \"query\", \"fragment\", \"?q\", \"?zz\"], p => "
            + "url_part(\"https://a.example/b/c?q=1+2&r#f\", p))", "[\"https\",\"a.example\",443,\"/b/c\",\"q=1+2&"
                + "r\",\"f\",\"1 2\",null]" },
        { "phone(\"+49 30 123456\")", "\"+4930123456\"" },
        { "format_phone(\"+4930123456\")", "\"+4930123456\"" },
        { "is_phone(\"713-555-0142\")", "true" },
        { "is_phone(nobody)", "false" },
    };

    public static TheoryData<string, string> Refusals => new()
    {
        { "upper([1])", "upper needs text as text, but a list was found." },
        { "lower(n)", "lower needs text as text, but nothing (null) was found. Give a default with ??." },
        { "capitalize({})", "capitalize needs text as text, but an object was found." },
        { "title([])", "title needs text as text, but a list was found." },
        { "trim(n)", "trim needs text as text, but nothing (null) was found. Give a default with ??." },
        { "replace(\"a\", \"\", \"b\")", "replace needs to know what to replace, but the text is empty." },
        { "substring(\"a\", 0.5)", "substring needs a whole number as start, but 0.5 was found." },
        { "substring(\"a\", 0, -1)", "substring needs a length of 0 or more." },
        { "truncate(\"abc\", 0)", "truncate needs a length that has room for the ending." },
        { "pad_left(\"a\", 10001)", "A text can be filled up to 10,000 characters." },
        { "pad_right(\"a\", 2, \"xy\")", "One character is needed to fill up with." },
        { "starts_with(\"a\", n)", "starts_with needs text as beginning, but nothing (null) was found. Give a default with ??." },
        { "ends_with([], \"a\")", "ends_with needs text as text, but a list was found." },
        { "split([], \"a\")", "split needs text as text, but a list was found." },
        { "slug({})", "slug needs text as text, but an object was found." },
        { "is_email([])", "is_email needs text as text, but a list was found." },
        { "matches(\"a\", [])", "matches needs text as pattern, but a list was found." },
        { "extract(\"a\", \"(?<=x)a\")", "The regular expression looks ahead or behind, refers to its own groups or is too large. Only "
            + "what needs no backtracking can be used." },
        { "extract_all(\"a\", \"[\")", "The regular expression cannot be read: Invalid pattern '[' at offset 1. Unterminated [] set." },
        { "replace_pattern(\"a\", \"a{1001}\", \"\")", "A regular expression can repeat a part 1,000 times at most." },
        { "number(\"12 apples\")", "number cannot read the text \"12 apples\" as a number. Give a second argument for "
            + "such values: number(…, 0)." },
        { "number(\"0,5\")", "number cannot read the text \"0,5\" as a number. Give a second argument for such values: number(…, 0)." },
        { "money_of_cents(1, \"xyz\")", "money_of_cents needs a currency of ISO 4217 such as usd, but the text \"xyz\" was found." },
        { "to_cents(1, \"xau\")", "to_cents needs a currency of ISO 4217 such as usd, but the text \"xau\" was found." },
        { "round(\"2\")", "round needs a number as number, but the text \"2\" was found. number(…) makes a number of a text." },
        { "floor(1, 11)", "floor needs 0 to 10 decimals." },
        { "ceil(1, -1)", "ceil needs 0 to 10 decimals." },
        { "abs(true)", "abs needs a number as number, but true was found." },
        { "min(1, \"a\")", "min compares numbers, texts or dates of one kind, but the text \"a\" was found beside 1." },
        { "max([{}])", "max compares numbers, texts or dates of one kind, but an object was found." },
        { "clamp(1, 5, 2)", "clamp needs a least that is not above the most." },
        { "format_number(1, 99)", "format_number needs 0 to 10 decimals." },
        { "money(1, \"dollars\")", "money needs a currency of ISO 4217 such as usd, but the text \"dollars\" was found." },
        { "money_of_cents(\"5\")", "money_of_cents needs a number as cents, but the text \"5\" was found. number(…) "
            + "makes a number of a text." },
        { "to_cents(79228162514264337593543950335)", "to_cents met an amount that is too large." },
        { "from_cents(n)", "from_cents needs a number as cents, but nothing (null) was found. Give a default with ??." },
        { "percent_of(79228162514264337593543950335, 5)", "percent_of met an amount that is too large." },
        { "today(\"Texas\")", "today knows no time zone the text \"Texas\". Use a name such as America/Chicago." },
        { "date(\"tomorrow\")", "date cannot read the text \"tomorrow\" as a date. Dates look like 2026-06-10, "
            + "2026-06-10T15:24 or 2026-06-10T15:24:00Z." },
        { "date(\"2026-02-30\")", "date cannot read the text \"2026-02-30\" as a date. Dates look like 2026-06-10, 2026-06-10T15:24 "
            + "or 2026-06-10T15:24:00Z." },
        { "format_date($now, \"qq\")", "format_date does not know the format the text \"qq\". Use date, short, time, long, date_time, or a "
            + "pattern such as d MMM uuuu." },
        { "in_zone($now, \"Mars\")", "in_zone knows no time zone the text \"Mars\". Use a name such as America/Chicago." },
        { "add_minutes(\"9998-12-31\", 2000)", "add_minutes would lead beyond the years 1 to 9998." },
        { "add_hours(\"x\", 1)", "add_hours needs a date such as 2026-06-10 or 2026-06-10T15:24:00Z as date, but "
            + "the text \"x\" was found." },
        { "add_days(\"2026-06-10\", 2147483647)", "add_days would lead beyond the years 1 to 9998." },
        { "add_weeks(\"2026-06-10\", 2147483647)", "add_weeks would lead beyond the years 1 to 9998." },
        { "add_months(\"2026-06-10\", -2147483648)", "add_months would lead beyond the years 1 to 9998." },
        { "add_years(\"2026-06-10\", 9999)", "add_years would lead beyond the years 1 to 9998." },
        { "date_diff($now, $now, \"moons\")", "date_diff does not know the unit the text \"moons\". Use seconds, minutes, hours, days, "
            + "weeks, months or years." },
        { "start_of($now, \"moon\")", "start_of does not know the unit the text \"moon\". Use hour, day, week, month or year." },
        { "end_of(\"9998-12-31T00:00\", \"year\")", "end_of would lead beyond the years 1 to 9998." },
        { "date_part($now, \"moon\")", "date_part does not know the part the text \"moon\". Use year, month, day, hour, minute, second, "
            + "weekday, week or day_of_year." },
        { "weekday(3)", "weekday needs a date such as 2026-06-10 or 2026-06-10T15:24:00Z as date, but 3 was found." },
        { "to_unix(\"\")", "to_unix needs a date such as 2026-06-10 or 2026-06-10T15:24:00Z as date, but the text \"\" was found." },
        { "add_business_days($now, 10001)", "add_business_days goes 10,000 days at most." },
        { "business_days_between(\"1900-01-01\", \"2026-01-01\")", "business_days_between goes over 20,000 days at most." },
        { "is_business_day($now, [\"Christmas\"])", "is_business_day needs holidays such as 2026-12-25, but the text "
            + "\"Christmas\" was found." },
        { "is_business_time(1)", "is_business_time needs a date such as 2026-06-10 or 2026-06-10T15:24:00Z as date, but 1 was found." },
        { "next_business_time(\"2026-06-15T18:00\", [\"2026-06-20\", \"2026-06-22\", \"2026-06-27\", \"2026-06-29\"])", "The practice does "
            + "not open within 14 days of the date." },
        { "first(\"a\")", "first needs a list as list, but the text \"a\" was found." },
        { "last(n)", "last needs a list as list, but nothing (null) was found. Give a default with ??." },
        { "at([1], \"0\")", "at needs a whole number as position, but the text \"0\" was found. number(…) makes a number of a text." },
        { "slice([1], 0, -1)", "slice needs a count of 0 or more." },
        { "take([1], -1)", "take needs a count of 0 or more." },
        { "reverse(\"abc\")", "reverse needs a list as list, but the text \"abc\" was found." },
        { "unique({})", "unique needs a list as list, but an object was found." },
        { "concat(\"a\", n)", "concat puts texts together, or lists, but nothing (null) was found among them." },
        { "flatten(1)", "flatten needs a list as list, but 1 was found." },
        { "compact(1)", "compact needs a list as list, but 1 was found." },
        { "chunk([1], 0)", "chunk needs a size of 1 or more." },
        { "join(\"a\")", "join needs a list as list, but the text \"a\" was found." },
        { "index_of(1, 1)", "index_of looks into a list or a text, but 1 was found." },
        { "contains(\"a\", [])", "contains looks into a list, a text or an object, but the text \"a\" was asked for a list." },
        { "map(1, x => x)", "map needs a list as list, but 1 was found." },
        { "filter([1], x => x + \"a\")", "+ needs two numbers or two texts, but 1 and the text \"a\" were found. number(…) makes a number "
            + "of a text, text(…) a text of a number." },
        { "find(n, x => x)", "find needs a list as list, but nothing (null) was found. Give a default with ??." },
        { "any(1)", "any needs a list as list, but 1 was found." },
        { "all(rows, r => r.zz)", "r.zz has no value: there is no field zz. Check the name, or give a default: {{ r.zz ?? \"…\" }}." },
        { "count({})", "count needs a list as list, but an object was found." },
        { "sum([1, \"2\"])", "sum needs numbers, but the text \"2\" was found." },
        { "average([{}])", "average needs numbers, but an object was found." },
        { "sort([1, \"a\"])", "sort compares numbers, texts or dates of one kind, but the text \"a\" was found beside 1." },
        { "sort_desc([{}, {}])", "sort_desc compares numbers, texts or dates of one kind, but an object was found beside an object." },
        { "group_by([1], x => [x])", "group_by needs a text for every item, but a list was found." },
        { "reduce([1], \"a\", (a, x) => a * x)", "* needs two numbers, but the text \"a\" and 1 were found. number(…) makes a number of a "
            + "text, text(…) a text of a number." },
        { "keys([1])", "keys needs an object as object, but a list was found." },
        { "values(1)", "values needs an object as object, but 1 was found." },
        { "entries(\"a\")", "entries needs an object as object, but the text \"a\" was found." },
        { "from_entries([{key: \"a\"}])", "from_entries needs objects such as {key: \"a\", value: 1}, but an object was found." },
        { "get(1, \"a\")", "get needs an object as object, but 1 was found." },
        { "pick({}, [])", "pick needs text as name, but a list was found." },
        { "omit([], \"a\")", "omit needs an object as object, but a list was found." },
        { "merge({}, 1)", "merge needs an object as object, but 1 was found." },
        { "length(5)", "length needs a text, a list or an object, but 5 was found." },
        { "text(n)", "text was given nothing (null). Give a default with ??." },
        { "exists()", "exists takes 1 argument, but 0 are given: exists(value)." },
        { "is_empty(1, 2)", "is_empty takes 1 argument, but 2 are given: is_empty(value)." },
        { "default(1)", "default takes 2 arguments, but 1 is given: default(value, otherwise)." },
        { "type_of(1 / 0)", "/ divides by 0. Check the divisor first, for example with n == 0 ? 0 : x / n." },
        { "boolean(\"maybe\")", "boolean cannot read the text \"maybe\" as yes or no." },
        { "to_json(1, \"yes\")", "to_json needs true or false as pretty, but the text \"yes\" was found." },
        { "from_json(\"{\")", "from_json cannot read the text: This is not JSON: line 1, character 2 cannot be read." },
        { "sha256(n)", "sha256 needs text as text, but nothing (null) was found. Give a default with ??." },
        { "sha512([])", "sha512 needs text as text, but a list was found." },
        { "hmac_sha256(\"a\")", "hmac_sha256 takes 2 arguments, but 1 is given: hmac_sha256(text, key)." },
        { "base64_encode({})", "base64_encode needs text as text, but an object was found." },
        { "base64_decode(\"/w==\")", "base64_decode was given a text that is not base64, or does not hold text." },
        { "url_encode([])", "url_encode needs text as text, but a list was found." },
        { "url_decode(n)", "url_decode needs text as text, but nothing (null) was found. Give a default with ??." },
        { "url_query({a: {}})", "url_query needs texts and numbers, but an object was found as a." },
        { "url_part(\"a/b\", \"host\")", "url_part needs an address such as https://example.com/a, but the text \"a/b\" was found." },
        { "phone(\"call me\")", "phone needs a telephone number, but the text \"call me\" was found." },
        { "format_phone(\"1\")", "format_phone needs a telephone number, but the text \"1\" was found." },
        { "is_phone([])", "is_phone needs text as text, but a list was found." },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Function_OfGoodArguments_GivesItsValue(string expression, string json)
    {
        Assert.True(Template.Parse($"{{{{ {expression} }}}}").TryEvaluate(Scope, out var value, out var problem), problem?.Message ?? "");
        Assert.Equal(json, value.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Function_OfBadArguments_SaysWhatIsWrong(string expression, string message)
    {
        Assert.False(Template.Parse($"{{{{ {expression} }}}}").TryEvaluate(Scope, out var value, out var problem));
        Assert.Equal((JsonValueKind.Undefined, message), (value.ValueKind, problem!.Message));
    }

    [Fact]
    public void Functions_WithoutATimeOrHours_SayWhatTheyTake()
    {
        var bare = new FakeScope();

        Assert.False(Template.Parse("{{ today() }}").TryEvaluate(bare, out _, out var problem));
        Assert.Equal("Nothing says here what time it is, so there is no today.", problem!.Message);
        Assert.True(Template.Parse("{{ next_business_time(\"2026-06-13T12:00\") }}").TryEvaluate(bare, out var value, out _));
        Assert.Equal("2026-06-15T09:00:00Z", value.GetString());
    }

    [Fact]
    public void EveryFunction_IsDescribedAndTestedWithAValueAndARefusal()
    {
        Assert.InRange(FunctionCatalog.All.Count, 60, 120);
        Assert.All(FunctionCatalog.All, function =>
        {
            Assert.EndsWith(".", function.Description, StringComparison.Ordinal);
            Assert.Contains(function.Name, function.Example, StringComparison.Ordinal);
            Assert.True(Template.Parse($"{{{{ {function.Example} }}}}").Problem is null, function.Name);
            Assert.Contains(Values, row => Names(row, function.Name));
            Assert.Contains(Refusals, row => Names(row, function.Name));
        });
    }

    private static bool Names(object[] row, string function) =>
        $" {row[0]}(".Contains($" {function}(", StringComparison.Ordinal) || $"{row[0]}".Contains($"| {function}", StringComparison.Ordinal)
        || $"{row[0]}".Contains($"=> {function}(", StringComparison.Ordinal);
}
