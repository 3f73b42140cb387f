using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class RespondNodeTests
{
    [Theory]
    [InlineData("{}", """{"status":200,"body":null,"headers":{}}""")]
    [InlineData("""{"status":"{{ n }}","body":{"who":"{{ name }}","n":"{{ n }}"},"headers":{"X-Who":"{{ name }}"}}""",
        """{"status":404,"body":{"who":"Maria","n":404},"headers":{"X-Who":"Maria"}}""")]
    [InlineData("""{"body":"Hello {{ name }}"}""", """{"status":200,"body":"Hello Maria","headers":{}}""")]
    public async Task Execute_Answer_IsTheOutput(string config, string expected) => Assert.True(JsonElement.DeepEquals(
        JsonElement.Parse(expected), JsonElement.Parse(await Call(config).DoneAsync())), await Call(config).DoneAsync());

    [Theory]
    [InlineData("""{"status":199}""", "wrong_setting: Status must be at least 200, but 199 was found.")]
    [InlineData("""{"status":600}""", "wrong_setting: Status must be at most 599, but 600 was found.")]
    [InlineData("""{"headers":{"X-A":"{{ split }}"}}""", "wrong_setting: The value of the header X-A has a line break at character 2")]
    [InlineData("""{"headers":{"Set-Cookie":"a=b"}}""", "wrong_setting: The header Set-Cookie is not for workflows to write")]
    [InlineData("""{"headers":{"Transfer-Encoding":"chunked"}}""", "wrong_setting: The header Transfer-Encoding is written by the server")]
    [InlineData("""{"headers":{"X A":"x"}}""", "wrong_setting: The header “X A” has a space in its name.")]
    public async Task Execute_WhatNoAnswerCanHave_Fails(string config, string expected) =>
        Assert.StartsWith(expected, await Call(config).FailureAsync(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"headers":{"access-control-allow-origin":"*"}}""", "headers.access-control-allow-origin")]
    [InlineData("""{"headers":{"Content-Security-Policy":"x"}}""", "headers.Content-Security-Policy")]
    [InlineData("""{"headers":{"Clear-Site-Data":"*"}}""", "headers.Clear-Site-Data")]
    [InlineData("""{"headers":{"Connection":"close"}}""", "headers.Connection")]
    [InlineData("""{"headers":{"NEL":"{}"}}""", "headers.NEL")]
    [InlineData("""{"headers":{"report-to":"{}"}}""", "headers.report-to")]
    [InlineData("""{"headers":{"X-Accel-Redirect":"/x"}}""", "headers.X-Accel-Redirect")]
    [InlineData("""{"headers":{"X-Order":"7","Retry-After":"1"}}""", null)]
    [InlineData("""{"headers":{"X-A":"a\nb"}}""", "headers.X-A")]
    [InlineData("""{"headers":{"Location":"https://example.test/{{ name }}","Content-Type":"text/html"}}""", null)]
    public void Check_Headers_NamesThoseThatAreNotForIt(string config, string? place) =>
        Assert.Equal(place, new RespondNode().Check(JsonElement.Parse(config)).SingleOrDefault()?.Path);

    private static FlowCall Call(string config) => new(new RespondNode(), config, """{"name":"Maria","n":404,"split":"a\nb"}""");
}
