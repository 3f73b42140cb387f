using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>What a curl command becomes as settings of the step, and what is refused.</summary>
public sealed class CurlCommandTests
{
    [Theory]
    [InlineData("curl https://api.example.com/v1/leads", """{"method":"GET","url":"https://api.example.com/v1/leads"}""")]
    [InlineData("$ /usr/bin/curl -sSL --compressed -o out.json example.com | jq '.a'", """{"method":"GET","url":"http://example.com"}""")]
    [InlineData("curl -XDELETE --url=https://a.example/x#top", """{"method":"DELETE","url":"https://a.example/x"}""")]
    [InlineData("curl -I https://a.example", """{"method":"HEAD","url":"https://a.example"}""")]
    [InlineData("curl 'https://a.example/?q=x%20y+z&t=1&t=2&e='",
        """{"method":"GET","url":"https://a.example/","query":{"q":"x y z","t":["1","2"],"e":""}}""")]
    [InlineData("curl 'https://a.example/?a&b=%ff'", """{"method":"GET","url":"https://a.example/?a&b=%ff"}""")]
    [InlineData("curl 'https://a.example/?a=%25%ff'", """{"method":"GET","url":"https://a.example/?a=%25%ff"}""")]
    [InlineData("curl 'https://a.example/?a=%25'", """{"method":"GET","url":"https://a.example/","query":{"a":"%"}}""")]
    [InlineData("curl 'https://a.example/?a=1&b=2&a=3'", """{"method":"GET","url":"https://a.example/?a=1&b=2&a=3"}""")]
    [InlineData("curl -G https://a.example -d a=1 --data-urlencode 'b=x & y'",
        """{"method":"GET","url":"https://a.example","query":{"a":"1","b":"x & y"}}""")]
    [InlineData("curl https://a.example -d a=1 -d 'b=x%20y'",
        """{"method":"POST","url":"https://a.example","body":{"a":"1","b":"x y"},"body_format":"form"}""")]
    [InlineData("curl https://a.example --json '{\"n\":1.50}'",
        """{"method":"POST","url":"https://a.example","body":{"n":1.50},"headers":{"Accept":"application/json"}}""")]
    [InlineData("curl -X put https://a.example -H 'Content-Type: application/vnd.a+json' --data-raw '[1]'",
        """{"method":"PUT","url":"https://a.example","body":[1],"headers":{"Content-Type":"application/vnd.a+json"}}""")]
    [InlineData("curl https://a.example -d '{\"a\":\"b\"}'", """{"method":"POST","url":"https://a.example","body":{"a":"b"}}""")]
    [InlineData("curl https://a.example -H 'content-type: application/json' -d '{\"a\":1,\"a\":2}'",
        """{"method":"POST","url":"https://a.example","body":"{\"a\":1,\"a\":2}","body_format":"text","headers":{"content-type":"application/json"}}""")]
    [InlineData("curl https://a.example -H 'Content-Type: text/csv' --data-binary $'a;b\\n1;\\u00e9\\x21\\ud83d\\ude00\\''",
        """{"method":"POST","url":"https://a.example","body":"a;b\n1;é!😀'","body_format":"text","headers":{"Content-Type":"text/csv"}}""")]
    [InlineData("curl https://a.example -d hello", """{"method":"POST","url":"https://a.example","body":"hello","body_format":"text","headers":{"Content-Type":"application/x-www-form-urlencoded"}}""")]
    [InlineData("curl https://a.example -A 'Me/1' -e https://b.example -H 'X-Empty;' -H 'Accept:' -H 'X-A: 1' -H 'x-a: 2'",
        """{"method":"GET","url":"https://a.example","headers":{"X-Empty":"","X-A":"1, 2","User-Agent":"Me/1","Referer":"https://b.example"}}""")]
    [InlineData("curl \"https://a.example/\\\"x\\y\" \\\r\n  --request \\\n PATCH", """{"method":"PATCH","url":"https://a.example/\"x\\y"}""")]
    public void Read_Command_GivesTheSettingsOfTheSameRequest(string command, string settings)
    {
        Assert.True(CurlCommand.TryRead(command, out var read, out var problem), problem);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(settings), read!.Settings), read.Settings.GetRawText());
        Assert.Empty(new HttpRequestNode(null!, null!, null!).Check(read.Settings));
    }

    [Fact]
    public void Read_AsABrowserCopies_KeepsSecretsApart()
    {
        const string command = """
            curl 'https://shop.example.com/api/cart?item=7' \
              -H 'accept: */*' \
              -H 'accept-encoding: gzip, br, zstd' \
              -H 'content-length: 9' \
              -H 'authorization: Bearer abc' \
              -H 'X-Api-Key: k' \
              -b 'session=s; theme=dark' \
              --data-raw '{"a":"b\u0021"}' \
              --compressed
            """;
        Assert.True(CurlCommand.TryRead(command, out var read, out var problem), problem);

        Assert.Equal("""{"accept":"*/*"}""", read!.Settings.GetProperty("headers").GetRawText());
        Assert.Equal("""{"authorization":"Bearer abc","X-Api-Key":"k","Cookie":"session=s; theme=dark"}""",
            read.Settings.GetProperty("secret_headers").GetRawText());
        Assert.Equal("b!", read.Settings.GetProperty("body").GetProperty("a").GetString());
        Assert.Contains("A connection is the better place", read.Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain("abc", read.Notes[0], StringComparison.Ordinal);
        Assert.Equal("Left out, because the server writes it itself: accept-encoding, content-length.", read.Notes[1]);
    }

    [Theory]
    [InlineData("curl https://sk_test@a.example")]
    [InlineData("curl -u sk_test https://a.example")]
    public void Read_NameAlone_HasAnEmptyPassword(string command)
    {
        Assert.True(CurlCommand.TryRead(command, out var read, out var problem), problem);
        Assert.Equal("Basic c2tfdGVzdDo=", read!.Settings.GetProperty("secret_headers").GetProperty("Authorization").GetString());
    }

    [Theory]
    [InlineData("curl -u 'ana:p w' https://a.example")]
    [InlineData("curl https://ana:p%20w@a.example")]
    public void Read_NameAndPassword_BecomesASecretHeader(string command)
    {
        Assert.True(CurlCommand.TryRead(command, out var read, out var problem), problem);

        Assert.Equal("https://a.example", read!.Settings.GetProperty("url").GetString());
        Assert.Equal("Basic YW5hOnAgdw==", read.Settings.GetProperty("secret_headers").GetProperty("Authorization").GetString());
        Assert.False(read.Settings.TryGetProperty("headers", out _));
    }

    [Fact]
    public void Read_VariableOfTheShell_IsTextAndTold()
    {
        Assert.True(CurlCommand.TryRead("curl https://a.example -H \"X-Trace: $ID\" -H 'X-Plain: $5'", out var read, out _));

        Assert.Equal("$ID", read!.Settings.GetProperty("headers").GetProperty("X-Trace").GetString());
        Assert.StartsWith("A variable of the shell", Assert.Single(read.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "There is no command.")]
    [InlineData("wget https://a.example", "The command begins with “wget”.")]
    [InlineData("curl", "The command names no address.")]
    [InlineData("curl https://a.example -k", "The studio checks certificates always.")]
    [InlineData("curl -sk https://a.example", "The studio checks certificates always.")]
    [InlineData("curl --proxy p https://a.example", "The option “--proxy”")]
    [InlineData("curl -T f https://a.example", "The option “-T”")]
    [InlineData("curl https://a.example -d @body.json", "The command reads a file (“@body.json”)")]
    [InlineData("curl https://a.example --data-urlencode a@f", "reads a file")]
    [InlineData("curl https://a.example -b cookies.txt", "reads a file")]
    [InlineData("curl https://a.example -H @h", "reads a file")]
    [InlineData("curl https://a.example -H", "Nothing stands behind -H.")]
    [InlineData("curl https://a.example --data", "Nothing stands behind --data.")]
    [InlineData("curl https://a.example -H nothing", "The header “nothing” has no name and value.")]
    [InlineData("curl https://a.example -H 'Bad Name: x'", "has a space in its name")]
    [InlineData("curl https://a.example -H $'X-A: a\\r\\nX-B: b'", "a line break")]
    [InlineData("curl https://a.example -A $'a\\nb'", "a line break")]
    [InlineData("curl https://a.example -X BREW", "The method “BREW” is none of GET")]
    [InlineData("curl https://a.example https://b.example", "calls two addresses")]
    [InlineData("curl https://a.example/?a=1&b=2", "A & stands outside of quotes")]
    [InlineData("curl ftp://a.example", "The address “ftp://a.example” cannot be read.")]
    [InlineData("curl ftp://ana:pw@a.example", "The address “ftp://a.example” cannot be read.")]
    [InlineData("curl 'https://a.example", "A ' is not closed.")]
    [InlineData("curl \"https://a.example", "A \" is not closed.")]
    [InlineData("curl $'https://a.example", "A $' is not closed.")]
    [InlineData("curl $'https://a.example/\\x'", "A \\x without a number")]
    [InlineData("curl $'https://a.example/\\U00110000'", "A \\u without the number")]
    [InlineData("curl $'https://a.example/\\ud83d'", "half of a letter")]
    [InlineData("curl 'https://a.example/\0'", "a character of code 0")]
    [InlineData("curl \"https://a.example/$(id)\"", "would run another one")]
    [InlineData("curl `id`", "runs another command")]
    [InlineData("curl ^\"https://a.example^\" ^\r\n -H ^\"A: b^\"", "command prompt of Windows (cmd)")]
    [InlineData("curl https://a.example -F a=b", "in parts (-F)")]
    public void Read_WhatItCannot_SaysWhat(string command, string sentence)
    {
        Assert.False(CurlCommand.TryRead(command, out var read, out var problem));
        Assert.Null(read);
        Assert.Contains(sentence, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Huge_IsRefusedAndTheLongestRead()
    {
        var longest = "curl https://a.example -d " + new string('x', CurlCommand.MaxLength - 26);
        Assert.True(CurlCommand.TryRead(longest, out _, out _));
        Assert.False(CurlCommand.TryRead(longest + "x", out _, out var problem));
        Assert.Contains("64 KiB", problem, StringComparison.Ordinal);
        Assert.False(CurlCommand.TryRead("curl 'https://a.example/" + new string('x', 4_000) + "'", out _, out problem));
        Assert.Contains("4,000", problem, StringComparison.Ordinal);
        Assert.False(CurlCommand.TryRead(
            "curl https://a.example" + string.Concat(Enumerable.Range(0, 51).Select(i => $" -H 'X-{i}: 1'")), out _, out problem));
        Assert.Contains("more headers", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Command_IsSentAsItSays()
    {
        using var server = new LocalServer(_ => LocalServer.Status(204));
        Assert.True(CurlCommand.TryRead(
            $"curl '{server.Url}/leads?q=a%26b&t=1&t=2' -H 'X-A: 1' -d 'name=Ana%20%26%20Co&n=' -u a:b", out var read, out _));
        await new HttpStepCall(server, read!.Settings.GetRawText()).OutputAsync();

        Assert.StartsWith("POST /leads?q=a%26b&t=1&t=2 HTTP/1.1\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic YTpi\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nname=Ana%20%26%20Co&n=", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public void Onto_Settings_ReplacesThoseOfTheCommandAlone()
    {
        Assert.True(CurlCommand.TryRead("curl https://a.example", out var read, out _));

        Assert.Equal("""{"connection":"crm","timeout_seconds":9,"method":"GET","url":"https://a.example"}""", read!.Onto(JsonElement.Parse(
            """{"method":"POST","url":"https://b.example","body":{"a":1},"connection":"crm","headers":{"A":"b"},"timeout_seconds":9}"""))
            .GetRawText());
        Assert.Equal(read.Settings.GetRawText(), read.Onto(default).GetRawText());
    }
}
