using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

// what is sent
public abstract partial class DialectSuite
{
    private const string AsJson = "application/json";
    private const int AsTheDialectSays = 0;

    /// <summary>Bodies that no dialect takes: bytes are written as Latin-1, one character a byte.</summary>
    public static TheoryData<string?, string, int, string> WrongBodies => new()
    {
        { AsJson, "", 400, "This is not JSON: line 1, character 1 cannot be read." },
        { AsJson, " \n ", 400, "This is not JSON: line 2, character 2 cannot be read." },
        { AsJson, "{", 400, "This is not JSON: line 1, character 2 cannot be read." },
        { AsJson, "{\n  \"a\": oops }", 400, "This is not JSON: line 2, character 8 cannot be read." },
        { AsJson, "{\"a\":1,}", 400, "This is not JSON: line 1, character 8 cannot be read." },
        { AsJson, "{/* x */}", 400, "This is not JSON: line 1, character 2 cannot be read." },
        { AsJson, "{}{}", 400, "This is not JSON: line 1, character 3 cannot be read." },
        { AsJson, "{\"a\":NaN}", 400, "This is not JSON: line 1, character 6 cannot be read." },
        { AsJson, "{\"a\":\"\u0001\"}", 400, "This is not JSON: line 1, character 7 cannot be read." },
        { AsJson, "{\"a\":\"x\0\"}", 400, "This is not JSON: line 1, character 8 cannot be read." },
        { AsJson, "{}\0", 400, "This is not JSON: line 1, character 3 cannot be read." },
        { AsJson, "{\"a\":\"\u00e9\"}", 400, "The text is not UTF-8." },
        { AsJson, "{\"a\":\"\\ud800\"}", 400, "The text holds half of a surrogate pair (\\ud800 to \\udfff)." },
        { AsJson, "{\"a\":1,\"a\":2}", 400, "The key a is given twice. Remove one of them." },
        { AsJson, "{\"a\":{\"b\":1,\"\\u0062\":2}}", 400, "The key a.b is given twice. Remove one of them." },
        { AsJson, Deep(61), 400, "The JSON is nested deeper than 60 levels. Make it flatter." },
        { AsJson, Deep(100_000), 400, "The JSON is nested deeper than 60 levels. Make it flatter." },
        { AsJson, "null", AsTheDialectSays, "The body has to be a JSON object." },
        { AsJson, "[]", AsTheDialectSays, "The body has to be a JSON object." },
        { AsJson, "\"{}\"", AsTheDialectSays, "The body has to be a JSON object." },
        { AsJson, "7", AsTheDialectSays, "The body has to be a JSON object." },
        { AsJson + "; charset=utf-16", "{\0}", 400, "The body is not utf-16: byte 3 does not belong to it." },
        { AsJson + "; charset=klingon", "{}", 415, "The body names the charset klingon, which is not known here." },
        { AsJson + "; charset=utf-7", "{}", 415, "The body names the charset utf-7, which is not known here." },
        { AsJson + "; charset==x", "{}", 415, "The header Content-Type cannot be read." },
        { null, "{}", 415, "Send JSON, with \"Content-Type: application/json\"." },
        { "text/plain", "{}", 415, "Send JSON, with \"Content-Type: application/json\"." },
        { "application/xml", "<a/>", 415, "Send JSON, with \"Content-Type: application/json\"." },
        { "application/x-www-form-urlencoded", "a=1", 415, "Send JSON, with \"Content-Type: application/json\"." },
        { "multipart/form-data; boundary=b", "--b--\r\n", 415, "Send JSON, with \"Content-Type: application/json\"." },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task BodyThatCannotBeTaken_IsRefusedWithTheReason(string? type, string body, int status, string message)
    {
        var practice = await PracticeAsync();
        if (body == Deep(61)) body = Deep(Levels + 1);
        message = message.Replace("60 levels", $"{Levels} levels", StringComparison.Ordinal);
        using var content = Bytes(type, body);
        var problem = Refused(
            await practice.SendAsync(HttpMethod.Post, Making, content, null), status == AsTheDialectSays ? Validation : status);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(practice));
    }

    [Fact]
    public async Task EmptyObject_IsToldAllThatIsMissing()
    {
        var problem = Refused(await (await PracticeAsync()).PostAsync(Making, "{}"), Validation, "validation_failed");
        Assert.All(problem.Places, p => Assert.Equal($"The field {p.Path} is missing.", p.Message));
        Assert.NotEmpty(problem.Places);
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\u0007")]
    [InlineData("\\u001b[2J")]
    public async Task NameWithControlCharacters_IsRefusedWithThePlace(string sign)
    {
        var practice = await PracticeAsync();
        var body = Body("One MARK two").Replace("MARK", sign, StringComparison.Ordinal);
        var problem = Refused(await practice.PostAsync(Making, body), Validation, "validation_failed");
        Assert.Equal("The name holds line breaks or other control characters. Remove them.", Assert.Single(problem.Places).Message);
        Assert.Equal(0, await CountAsync(practice));
    }

    [Theory]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"\\ufffe\\uffff\\udbff\\udfff\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("1e400")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("{\"\\u0000\":1}")]
    [InlineData("{\"\":\"\"}")]
    public async Task AnyFieldThatHoldsAnything_IsTakenOrRefused(string value)
    {
        var practice = await PracticeAsync();
        foreach (var place in Places(JsonNode.Parse(Body("One"))!, []))
        {
            var body = JsonNode.Parse(Body("One"))!;
            Parent(body, place)[place[^1].ToString()!] = "MARK";
            var reply = await practice.PostAsync(Making, body.ToJsonString().Replace("\"MARK\"", value, StringComparison.Ordinal));
            if (reply.Status != 201) Refused(reply, Validation);
            Assert.Equal(200, (await practice.GetAsync(Prefix + Addresses[1].Path)).Status); // what was taken can be given back
        }
    }

    [Fact]
    public async Task AnyParameterThatHoldsAnything_IsTakenOrRefused()
    {
        var practice = await PracticeAsync();
        await MakeAsync(practice);
        string[] names = ["page", "limit", "offset", "search", "status", "after"];
        string[] values = ["", "%00", "a%00b", "-1", "0", "99999999999999999999", "2147483647", "x", "%25_%5C", "%F0%9F%98%80", "%FF",
            new string('x', 2_000)];
        foreach (var address in Addresses.Where(a => a.Method == "GET" && !a.IsOfOne))
        {
            foreach (var query in names.SelectMany(n => values.Select(v => $"?{n}={v}")).Append("?limit=1&limit=2").Append("?&=&x"))
            {
                var reply = await practice.GetAsync((address.Below ?? Prefix) + address.Path + query);
                if (reply.Status != 200) Refused(reply, Validation);
            }
        }
    }

    [Fact]
    public async Task EncodedBody_IsRefused()
    {
        using var content = Json(Body("One"));
        content.Headers.ContentEncoding.Add("gzip");
        Refused(await (await PracticeAsync()).SendAsync(HttpMethod.Post, Making, content, null), 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyOverOneMebibyte_IsRefusedAtEveryAddress(bool chunked)
    {
        var practice = await PracticeAsync();
        foreach (var address in Addresses.Where(a => a.Method is "POST" or "PUT" or "PATCH" && !a.TakesFiles))
        {
            var bytes = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('d', 1024 * 1024)}\"}}");
            using HttpContent content = chunked ? new StreamContent(new EndlessLength(bytes)) : new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue(AsJson);
            var reply = await practice.SendAsync(new HttpMethod(address.Method), UnknownPath(address), content, null);
            Refused(reply, 413, "payload_too_large");
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", "utf-8", true)]
    [InlineData("application/vnd.studio+json", "utf-8", false)]
    [InlineData("APPLICATION/JSON; charset=\"UTF-16\"", "utf-16", true)]
    public async Task BodyInAnotherDress_IsTaken(string type, string charset, bool mark)
    {
        var practice = await PracticeAsync();
        var encoding = Encoding.GetEncoding(charset);
        using var content = new ByteArrayContent([.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Body("Zoë"))]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var made = await practice.SendAsync(HttpMethod.Post, Making, content, null);
        Assert.True(made.Status == 201, made.Body);
        Assert.Matches(IdForm, IdOf(made));
        Assert.EndsWith(IdOf(made), made.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FieldsThatTheDialectDoesNotKnow_ComeBackAsTheyWere()
    {
        var practice = await PracticeAsync();
        const string extra = """{"kept":[1.50,1e3,"é \u0022",null,{"a":{}}]}""";
        var made = await practice.PostAsync(Making, Body("One").Trim()[..^1] + $",\"x_team\":{extra}}}");
        Assert.True(made.Status == 201, made.Body); // unknown fields are no mistake
        if (Listed(await practice.GetAsync(Prefix + Addresses[1].Path)) is { } item)
            Assert.True(
                JsonNode.DeepEquals(JsonNode.Parse(extra), JsonNode.Parse(item.GetProperty("x_team").GetRawText())), item.GetRawText());
    }

    // every object's fields, however deep
    private static IEnumerable<object[]> Places(JsonNode node, object[] path) => node switch
    {
        JsonObject o =>
            o.SelectMany(p => p.Value is null ? [[.. path, p.Key]] : Places(p.Value, [.. path, p.Key]).Prepend([.. path, p.Key])),
        JsonArray a => a.SelectMany((item, i) => item is null ? [] : Places(item, [.. path, i])),
        _ => [],
    };

    private static JsonNode Parent(JsonNode node, object[] place) =>
        place[..^1].Aggregate(node, (at, step) => step is int i ? at[i]! : at[(string)step]!);

    private static string Deep(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

    private static ByteArrayContent Bytes(string? type, string body)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    // how long it is cannot be known before it is read: sent in chunks
    private sealed class EndlessLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
