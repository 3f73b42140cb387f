using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class SendEmailNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Email_ToAnAddress_IsSentOnce()
    {
        var call = Email("""{"to":"a@example.test, B <b@example.test>","subject":"News","body":"Hello","cc":"c@example.test"}""");
        var output = await call.OutputAsync();
        var again = await call.OutputAsync();

        Assert.Equal(output.GetRawText(), again.GetRawText());
        var item = await OnlyAsync();
        Assert.Equal((MessageChannel.Email, "a@example.test, B <b@example.test>", "News", "Hello"),
            (item.Channel, item.To, item.Subject, item.Body));
        Assert.Equal((true, true, "email"), (output.GetProperty("sent").GetBoolean(), output.GetProperty("captured").GetBoolean(),
            output.GetProperty("channel").GetString()));
    }

    [Fact]
    public async Task Email_WithoutAnAddress_GoesToTheContactOfTheRun()
    {
        await Email("""{"subject":"News","body":"Hello"}""").OutputAsync();

        Assert.Equal("maria.lopez@example.test", (await OnlyAsync()).To);
    }

    [Theory]
    [InlineData("""{"to":"a@example.test","subject":"Weekly"}""", "Nothing is due.")]
    [InlineData("""{"to":"a@example.test","subject":"Weekly","body":"My own"}""", "My own")]
    public async Task Email_WithoutAText_BringsTheSummary(string settings, string expected)
    {
        await Email(settings).After("""{"summary":"Nothing is due."}""").OutputAsync();

        Assert.Equal(expected, (await OnlyAsync()).Body);
    }

    [Fact]
    public async Task Email_WithNeither_SaysItsSubject()
    {
        await Email("""{"to":"a@example.test","subject":"The sweep is done"}""").OutputAsync();

        Assert.Equal("The sweep is done", (await OnlyAsync()).Body);
    }

    [Fact]
    public async Task Email_ToNobodyKnown_Fails()
    {
        var noMail = Assert.IsType<NodeOutcome.Failed>(
            await Email("""{"subject":"News"}""").With("""{"first_name":"Jo","phone":"+17135550199"}""").RunAsync());
        var wrong = Assert.IsType<NodeOutcome.Failed>(await Email("""{"to":"maria at home","subject":"News"}""").RunAsync());

        Assert.Equal(("no_email", "mail_address"), (noMail.Code, wrong.Code));
        Assert.Contains("Jo", noMail.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Total);
    }

    [Theory]
    [InlineData("""{"to":"maria","subject":"x"}""", "to")]
    [InlineData("""{"to":"a@b.test","subject":"x","reply_to":"nobody"}""", "reply_to")]
    public void Email_AddressThatIsNone_IsToldAtSave(string settings, string place) => Assert.Equal(
        place, Assert.Single(
            new SendEmailNode(practice.Messenger, practice.Contacts).Check(JsonElement.Parse(settings))).Path);

    private NodeCall Email(string settings) => new(practice, new SendEmailNode(practice.Messenger, practice.Contacts), settings);

    private async Task<OutboxItem> OnlyAsync() =>
        Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
}
