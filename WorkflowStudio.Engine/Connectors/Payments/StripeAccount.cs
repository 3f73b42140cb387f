using System.Globalization;
using Stripe;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Payments;

/// <summary>
/// The account behind the workspace's <c>stripe</c> connection, by Stripe's REST interface. Each of its calls has an idempotency key of its
/// own (Stripe, "Idempotent requests": the same answer for 24 hours), made of that of the effect.
/// </summary>
internal sealed class StripeAccount(IConnections connections, GuardedHttp http) : IPaymentAccount
{
    private const int LongestNote = 1_500;
    private const int LongestLine = 500;

    // currencies without decimals of which Stripe wants hundredths all the same ("Special cases")
    private static readonly HashSet<string> InHundredths = ["isk", "ugx"];

    public async Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken) =>
        tenant.Environment == StudioEnvironment.Live
        && await connections.FindAsync(tenant, ConnectionKinds.Stripe, cancellationToken) is not null;

    public Task<Answer<ProviderBill>> BillAsync(
        Tenant tenant, BillToMake bill, EffectSource source, CancellationToken cancellationToken) =>
        WithAsync(tenant, client => BillAsync(client, bill, source, cancellationToken), cancellationToken);

    public Task<Answer<ProviderBill?>> FindAsync(Tenant tenant, Guid invoiceId, CancellationToken cancellationToken) =>
        WithAsync<ProviderBill?>(
            tenant,
            async client =>
            {
                var found = await client.V1.Invoices.SearchAsync(
                    new InvoiceSearchOptions { Query = $"metadata['{StripePosts.InvoiceKey}']:'{invoiceId:D}'" },
                    cancellationToken: cancellationToken);
                foreach (var draft in found.Data.Where(i => i.Status == "draft"))
                    await client.V1.Invoices.DeleteAsync(draft.Id, cancellationToken: cancellationToken);
                return found.Data.FirstOrDefault(i => i.Status is "open" or "paid" && i.HostedInvoiceUrl is not null) is { } bill
                    ? new ProviderBill(bill.Id, bill.CustomerId, bill.HostedInvoiceUrl)
                    : null;
            },
            cancellationToken);

    public Task<Answer<string>> ChargeAsync(Tenant tenant, string billId, EffectSource source, CancellationToken cancellationToken) =>
        WithAsync<string>(
            tenant,
            async client =>
            {
                var paid = await client.V1.Invoices.PayAsync(
                    billId, new InvoicePayOptions { OffSession = true }, Once(source, "pay"), cancellationToken);
                return paid.Status == "paid"
                    ? "card"
                    : new ConnectorProblem("payment_refused", $"Stripe could not charge the client at once: the bill is {paid.Status}.");
            },
            cancellationToken);

    public Task<Answer<string>> SettleElsewhereAsync(
        Tenant tenant, string billId, EffectSource source, CancellationToken cancellationToken) =>
        WithAsync<string>(
            tenant,
            async client => (await client.V1.Invoices.PayAsync(
                billId, new InvoicePayOptions { PaidOutOfBand = true }, Once(source, "elsewhere"), cancellationToken)).Status,
            cancellationToken);

    public Task<Answer<string>> TakeBackAsync(Tenant tenant, string billId, EffectSource source, CancellationToken cancellationToken) =>
        WithAsync<string>(
            tenant,
            async client => (await client.V1.Invoices.VoidInvoiceAsync(
                billId, null, Once(source, "void"), cancellationToken)).Status,
            cancellationToken);

    /// <summary>Asks whose account it is; the same problems.</summary>
    public Task<Answer<string>> TryAsync(Connection connection, CancellationToken cancellationToken) =>
        WithAsync<string>(
            connection,
            async client =>
            {
                var account = await client.V1.Accounts.GetSelfAsync(cancellationToken: cancellationToken);
                var name = account.Settings?.Dashboard?.DisplayName ?? account.BusinessProfile?.Name ?? account.Id;
                return $"Stripe lets the studio in: {ShownText.Fit(name, 80)}."
                    + (Key(connection).Contains("_test_", StringComparison.Ordinal) ? " The key is for tests: no money moves." : "")
                    + (StripePosts.SigningSecret(connection) is not null ? ""
                    : " There is no signing secret yet, so payments are not noted by themselves.");
            },
            cancellationToken);

    internal static string Key(Connection connection) => (connection.Secret ?? "").Split('\n')[0];

    private static async Task<Answer<ProviderBill>> BillAsync(
        StripeClient client, BillToMake bill, EffectSource source, CancellationToken stop)
    {
        var customer = bill.Payer.CustomerId ?? await CustomerAsync(client, bill.Payer, source, stop);
        var invoice = await client.V1.Invoices.CreateAsync(
            new InvoiceCreateOptions
            {
                Customer = customer,
                CollectionMethod = "send_invoice",
                DueDate = bill.DueAt.UtcDateTime,
                Currency = bill.Currency,
                AutoAdvance = false, // the practice reminds, not Stripe
                PendingInvoiceItemsBehavior = "exclude",
                Description = bill.Note.Length > 0 ? ShownText.Begin(bill.Note, LongestNote) : null,
                Metadata = new()
                { [StripePosts.InvoiceKey] = bill.InvoiceId.ToString("D", CultureInfo.InvariantCulture), ["number"] = bill.Number },
                OnBehalfOf = bill.Destination.Length > 0 ? bill.Destination : null,
                TransferData = bill.Destination.Length > 0 ? new() { Destination = bill.Destination } : null,
            },
            Once(source, "invoice"), stop);
        for (var i = 0; i < bill.Lines.Count; i++)
            await client.V1.InvoiceItems.CreateAsync(
                new InvoiceItemCreateOptions
                {
                    Customer = customer, Invoice = invoice.Id, Currency = bill.Currency,
                    Amount = bill.Lines[i].Amount * (InHundredths.Contains(bill.Currency) ? 100 : 1),
                    Description = ShownText.Begin(bill.Lines[i].Text, LongestLine),
                },
                Once(source, string.Create(CultureInfo.InvariantCulture, $"line{i}")), stop);
        var final = await client.V1.Invoices.FinalizeInvoiceAsync(
            invoice.Id, new InvoiceFinalizeOptions { AutoAdvance = false }, Once(source, "finalize"), stop);
        return Uri.TryCreate(final.HostedInvoiceUrl, UriKind.Absolute, out var page) && page.Scheme is "https" or "http"
            ? new ProviderBill(final.Id, customer, final.HostedInvoiceUrl)
            : new ConnectorProblem(
                "payment_refused", "Stripe made the bill and named no page on which it is paid. Look into its dashboard.");
    }

    private static async Task<string> CustomerAsync(StripeClient client, Payer payer, EffectSource source, CancellationToken stop) =>
        (await client.V1.Customers.CreateAsync(
            new CustomerCreateOptions
            {
                Name = payer.Name.Length > 0 ? payer.Name : null, Email = payer.Email, Phone = payer.Phone,
                Metadata = new() { ["workflowstudio_contact"] = payer.Id.ToString("D", CultureInfo.InvariantCulture) },
            },
            Once(source, "customer"), stop)).Id;

    private static RequestOptions Once(EffectSource source, string what) => new() { IdempotencyKey = $"{source.Key}:{what}" };

    private async Task<Answer<T>> WithAsync<T>(
        Tenant tenant, Func<StripeClient, Task<Answer<T>>> work, CancellationToken cancellationToken) =>
        await connections.FindAsync(tenant, ConnectionKinds.Stripe, cancellationToken) is { } connection
            ? await WithAsync(connection, work, cancellationToken)
            : new ConnectorProblem("no_payment_account", "No payment account is connected. Connect one under Connections.");

    private async Task<Answer<T>> WithAsync<T>(
        Connection connection, Func<StripeClient, Task<Answer<T>>> work, CancellationToken cancellationToken)
    {
        if (Key(connection) is not { Length: > 0 } key || HttpHeaderRule.ValueProblem("Authorization", key) is not null)
            return new ConnectorProblem("payment_account", "Stripe's key is missing or cannot be read. Enter it again under Connections.");
        var at = new Uri(connection.Text("endpoint") is { Length: > 0 } endpoint ? endpoint : StripeKind.Address);
        var client = new StripeClient(new StripeClientOptions
        {
            ApiKey = key, ApiBase = at.ToString().TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(http.Client, maxNetworkRetries: 0, enableTelemetry: false),
        });
        try
        {
            return await work(client);
        }
        catch (StripeException e)
        {
            return StripeProblem.Of(at.Host, e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectorProblem("payment_later", $"{at.Host} did not answer in time.", true);
        }
        catch (HttpRequestException e)
        {
            return CallProblem.Of(at.Host, e);
        }
    }
}
