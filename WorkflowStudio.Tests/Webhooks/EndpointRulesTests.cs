using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Tests.Webhooks;

public sealed class EndpointRulesTests
{
    private static readonly GuardedHttpOptions Nothing = new();

    [Theory]
    [InlineData("https://example.com/hooks")]
    [InlineData("https://example.com:8443/hooks?key=1")]
    [InlineData("https://93.184.215.14/")]
    [InlineData("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/")]
    [InlineData("https://bücher.example/")]
    public void Address_OnThePublicInternet_IsTaken(string address) => Assert.Null(EndpointRules.AddressProblem(address, Nothing));

    [Theory]
    [InlineData("http://example.com/hooks", "has to begin with https://")]
    [InlineData("ftp://example.com/hooks", "has to begin with https://")]
    [InlineData("example.com", "has to begin with https://")]
    [InlineData("https://", "has to begin with https://")]
    [InlineData("https://example.com/a b", "has to begin with https://")]
    [InlineData("https://example.com/\r\nX: y", "has to begin with https://")]
    [InlineData("https://user:word@example.com/", "holds a name or a password")]
    [InlineData("https://localhost/", "is not on the public internet")]
    [InlineData("https://LOCALHOST./", "is not on the public internet")]
    [InlineData("https://db.internal/", "is not on the public internet")]
    [InlineData("https://printer.local/", "is not on the public internet")]
    [InlineData("https://127.0.0.1/", "is not on the public internet")]
    [InlineData("https://127.1/", "is not on the public internet")]
    [InlineData("https://2130706433/", "is not on the public internet")]
    [InlineData("https://0x7f.0.0.1/", "is not on the public internet")]
    [InlineData("https://0/", "is not on the public internet")]
    [InlineData("https://10.1.2.3/", "is not on the public internet")]
    [InlineData("https://172.16.0.1/", "is not on the public internet")]
    [InlineData("https://192.168.1.1:8443/", "is not on the public internet")]
    [InlineData("https://100.64.0.1/", "is not on the public internet")]
    [InlineData("https://169.254.169.254/latest/meta-data", "is not on the public internet")]
    [InlineData("https://[::1]/", "is not on the public internet")]
    [InlineData("https://[::]/", "is not on the public internet")]
    [InlineData("https://[fe80::1]/", "is not on the public internet")]
    [InlineData("https://[fd00::1]/", "is not on the public internet")]
    [InlineData("https://[::ffff:10.0.0.1]/", "is not on the public internet")]
    [InlineData("https://[64:ff9b::a00:1]/", "is not on the public internet")]
    [InlineData("https://[2002:a00:1::]/", "is not on the public internet")]
    public void Address_ThatIsHostileOrWrong_IsRefused(string address, string why) =>
        Assert.Contains(why, EndpointRules.AddressProblem(address, Nothing), StringComparison.Ordinal);

    [Fact]
    public void Address_TooLong_IsRefused() => Assert.Contains(
        "at most 2000 are possible", EndpointRules.AddressProblem("https://example.com/" + new string('a', 2_000), Nothing),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("http://hooks.lan:8080/", null)]
    [InlineData("http://hooks.lan:8081/", "has to begin with https://")]
    [InlineData("https://hooks.lan:8081/", "is not on the public internet")]
    public void Address_ThatTheOperatorAllows_IsTaken(string address, string? why)
    {
        var problem = EndpointRules.AddressProblem(address, new GuardedHttpOptions { AllowedHosts = ["hooks.lan:8080"] });
        if (why is null) Assert.Null(problem);
        else Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_AreThoseOfTheDialect()
    {
        Assert.Null(EndpointRules.EventsProblem(WebhookDialect.Blocks, ["workflow.run.failed", "workflow.run.failed"], out var chosen));
        Assert.Equal(Happenings.RunFailed, chosen);
        Assert.Equal("There is no event workflow.created. Known: workflow.run.succeeded, workflow.run.failed.",
            EndpointRules.EventsProblem(WebhookDialect.Blocks, ["workflow.created"], out _));
        Assert.StartsWith(
            "Choose 1 to 16 events.", EndpointRules.EventsProblem(WebhookDialect.Blocks, [], out _), StringComparison.Ordinal);
        Assert.StartsWith("Choose 1 to 16 events.",
            EndpointRules.EventsProblem(WebhookDialect.Blocks, [.. Enumerable.Repeat("workflow.run.failed", 17)], out _),
            StringComparison.Ordinal);
    }
}
