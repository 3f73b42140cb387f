using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Practice;

[Collection(StudioAppTests.Name)]
public sealed partial class InvoicePageTests(StudioApp app)
{
    [Fact]
    public async Task Pay_FromAPageThatIsOutOfDate_ShowsThatItIsPaid()
    {
        var path = await InvoiceAsync();
        var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var token = Token().Match(await client.GetStringAsync(path)).Groups[1].Value;
        for (var i = 0; i < 2; i++)
        {
            using var form = new FormUrlEncodedContent(
                [new("_handler", "pay"), new("Method", "card"), new("__RequestVerificationToken", token)]);
            var reply = await Reply.OfAsync(await client.PostAsync(path, form));
            Assert.Equal((302, path), (reply.Status,
                reply.Headers.Location!.IsAbsoluteUri ? reply.Headers.Location.PathAndQuery : reply.Headers.Location.ToString()));
        }

        Assert.Contains("Thank you. Paid on", await client.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_IsForNoSearchEngineAndNoCache()
    {
        var reply = await Reply.OfAsync(await app.CreateClient().GetAsync(await InvoiceAsync()));
        Assert.Equal("noindex, nofollow", Assert.Single(reply.Headers.GetValues("X-Robots-Tag")));
        Assert.True(reply.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("maria@example.test", reply.Body, StringComparison.Ordinal);
    }

    private async Task<string> InvoiceAsync()
    {
        var tenant = (await app.PracticeAsync()).Owner.Tenant;
        var met = await app.Get<IContacts>()
            .UpsertAsync(tenant, ContactFields.Of("Maria", "Lopez", "maria@example.test", null), new EffectSource("c"), default);
        Assert.True(met.Has(out var contact, out _));
        var made = await app.Get<IInvoicing>().CreateAsync(tenant,
            new InvoiceDraft(contact.Id, "usd", [new InvoiceLine("Visit", "", 1, 18_000)], 3, ["card"]), new EffectSource("i"), default);
        Assert.True(made.Has(out var invoice, out var problem), problem?.Message);
        return new Uri(invoice.Url).AbsolutePath;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
