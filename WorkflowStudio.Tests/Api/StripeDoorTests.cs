using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

/// <summary>What Stripe posts to the studio: believed by its signature alone, and noted once.</summary>
[Collection(StudioAppTests.Name)]
public sealed class StripeDoorTests(StudioApp app)
{
    private const string Secret = "whsec_test";

    [Fact]
    public async Task Payment_ThatIsSigned_SettlesTheInvoiceOnce()
    {
        var (owner, invoice) = await BilledAsync();
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, await PostAsync(owner, Paid(), Secret));
        Assert.Equal(InvoiceStatus.Paid, await StatusAsync(owner, invoice));
    }

    [Fact]
    public async Task Payment_ThatIsNotSigned_IsRefused()
    {
        var (owner, invoice) = await BilledAsync();
        var (other, _) = await BilledAsync();
        var now = app.Get<TimeProvider>().GetUtcNow();
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(owner, Paid(), null));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(owner, Paid(), "whsec_other"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(owner, Paid(), Secret, at: now.AddHours(-1)));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(owner, Paid(), Secret, signed: "{}"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(app.Get<TimeProvider>(), NewIds.Next(), Paid(), Secret, now, null));
        Assert.Equal(InvoiceStatus.Open, await StatusAsync(owner, invoice));
        // what is signed by the account of one workspace settles nothing of another
        Assert.Equal(HttpStatusCode.OK, await PostAsync(other, Paid("in_none"), Secret));
        Assert.Equal(InvoiceStatus.Open, await StatusAsync(owner, invoice));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("""{"type":"customer.created"}""")]
    public async Task Other_ThatIsSigned_IsTakenAndChangesNothing(string body)
    {
        var (owner, invoice) = await BilledAsync();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(owner, body, Secret));
        Assert.Equal(InvoiceStatus.Open, await StatusAsync(owner, invoice));
    }

    private static string Paid(string bill = "in_1") =>
        JsonSerializer.Serialize(new { type = "invoice.paid", data = new { @object = new { id = bill, status = "paid" } } });

    private async Task<(Caller Owner, Guid Invoice)> BilledAsync()
    {
        var practice = await app.PracticeAsync();
        var owner = practice.Owner with { Tenant = practice.Owner.Tenant with { Environment = StudioEnvironment.Live } };
        var contact = (await app.Get<IContacts>().UpsertAsync(
            owner.Tenant, ContactFields.Of("Maria", "Lopez", "maria@example.test", null), PracticeFixture.Key("c"), default)).Value!;
        var invoice = (await app.Get<IInvoicing>().CreateAsync(
            owner.Tenant, new InvoiceDraft(contact.Id, "usd", [new InvoiceLine("Visit", "", 1, 5_000)], 3, ["card"]),
            PracticeFixture.Key("i"), default)).Value!;
        var set = await app.Get<SetConnection>().RunAsync(
            owner, new Connection(ConnectionKinds.Stripe, "Stripe", JsonElement.Parse("{}"), $"sk_test_x\n{Secret}"));
        Assert.True(set.Ok, set.Problem?.Message);
        await app.Get<IStudioWriter>().WriteAsync(
            owner.Tenant.WorkspaceId,
            write => write.Db.Set<InvoiceRow>().Where(i => i.Id == invoice.Id).ExecuteUpdate(i => i.SetProperty(r => r.BillId, "in_1")),
            default);
        return (owner, invoice.Id);
    }

    private async Task<InvoiceStatus> StatusAsync(Caller owner, Guid invoice) =>
        (await app.Get<IInvoicing>().FindAsync(owner.Tenant, invoice, default))!.Status;

    private Task<HttpStatusCode> PostAsync(
        Caller owner, string body, string? secret, DateTimeOffset? at = null, string? signed = null) =>
        PostAsync(app.Get<TimeProvider>(), owner.Tenant.WorkspaceId, body, secret, at, signed);

    private async Task<HttpStatusCode> PostAsync(
        TimeProvider clock, Guid workspace, string body, string? secret, DateTimeOffset? at, string? signed)
    {
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, GatewayCallbacks.PathOf(GatewayCallbacks.Stripe, workspace));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var time = (at ?? clock.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (secret is not null)
        {
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{signed ?? body}"));
            request.Headers.TryAddWithoutValidation("Stripe-Signature", $"t={time},v1={Convert.ToHexStringLower(mac)}");
        }

        return (await client.SendAsync(request)).StatusCode;
    }
}
