using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>When the link of an invitation goes by e-mail.</summary>
[Collection(StudioAppTests.Name)]
public sealed class InvitationMailTests(StudioApp app)
{
    private const string Link = "https://studio.example/account/join?token=abc";

    [Fact]
    public async Task Link_GoesByTheLiveMailServer()
    {
        var server = new ScriptedMail("250 ok");
        Assert.Equal("It was sent to ida@x.test, too.", await SendAsync(server, WorkspaceRole.Editor));
        var (tenant, mail) = (Assert.Single(server.Tenants), Assert.Single(server.Mails));
        Assert.Equal((StudioEnvironment.Live, "ida@x.test"), (tenant.Environment, Assert.Single(mail.To)));
        Assert.Contains(Link, mail.Text, StringComparison.Ordinal);
        Assert.Null(mail.Html);
    }

    [Theory]
    [InlineData(WorkspaceRole.Admin, true, "Nothing was sent: a link for somebody who may manage people")]
    [InlineData(WorkspaceRole.Owner, true, "Nothing was sent: a link for somebody who may manage people")]
    [InlineData(WorkspaceRole.Viewer, false, "Nothing was sent, as no mail server is connected.")]
    public async Task Link_OfMuchPowerOrWithoutAServer_IsNotSent(WorkspaceRole role, bool connected, string why)
    {
        var server = new ScriptedMail("250 ok") { IsConnected = connected };
        Assert.StartsWith(why, await SendAsync(server, role), StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Mail_ThatIsRefused_SaysSo() => Assert.Equal(
        "It could not be sent: The server said no. Hand the link over yourself.",
        await SendAsync(new ScriptedMail(new ConnectorProblem("mail_refused", "The server said no.")), WorkspaceRole.Viewer));

    private async Task<string> SendAsync(ScriptedMail server, WorkspaceRole role)
    {
        var owner = (await app.PracticeAsync()).Owner with { UserId = NewIds.Next() };
        var invitation = new Invitation(
            NewIds.Next(), owner.Tenant.WorkspaceId, "ida@x.test", [], owner.UserId!.Value, owner.Name, DateTimeOffset.MaxValue);
        return await new InvitationMail(server, app.Get<WorkspaceStore>(), app.Get<IdFactory>())
            .SendAsync(owner, invitation, [HeldRole.Of(role)], Link, default);
    }
}
