using System.Text;
using System.Text.Json;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Invoices and payments over HTTP.</summary>
[Collection(StudioAppTests.Name)]
public sealed class InvoiceTests(StudioApp app)
{
    private const string Invoices = "/api/v1/invoices";

    [Fact]
    public async Task Invoice_IsMadePaidInPartsCreditedAndPrinted()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice);
        var made = await practice.PostAsync(Invoices, $$"""
            {"contactId":"{{contact}}","currency":"usd","lines":[{"what":"Visit","quantity":1.5,"unitPrice":99.99,"taxPercent":8.25}]}
            """, "first");
        Assert.Equal(201, made.Status);
        var invoice = made.Data();
        Assert.Equal(("INV-1001", "open", "149.99", "12.37", "162.36", "162.36", 1.5m), (invoice.GetProperty("number").GetString(),
            invoice.GetProperty("status").GetString(), Raw(invoice, "subtotal"), Raw(invoice, "tax"), Raw(invoice, "total"),
            Raw(invoice, "balance"), invoice.GetProperty("lines")[0].GetProperty("quantity").GetDecimal()));
        var path = made.Headers.Location!.ToString();
        Assert.Equal($"{Invoices}/{invoice.GetProperty("id").GetString()}", path);
        Assert.Equal(made.Body, (await practice.PostAsync(Invoices, $$"""
            {"contactId":"{{contact}}","currency":"usd","lines":[{"what":"Visit","quantity":1.5,"unitPrice":99.99,"taxPercent":8.25}]}
            """, "first")).Body);

        var paid = await practice.PostAsync($"{path}/payments", """{"method":"cash","amount":62.36}""", "pay");
        Assert.Equal((201, "100.00"), (paid.Status, Raw(paid.Data(), "balance")));
        Assert.Equal(paid.Body, (await practice.PostAsync($"{path}/payments", """{"method":"cash","amount":62.36}""", "pay")).Body);
        var credited = await practice.PostAsync($"{path}/credit-notes", """{"reason":"Waited long","amount":10}""");
        Assert.Equal((201, "90.00", "CN-1001"), (credited.Status, Raw(credited.Data(), "balance"),
            credited.Data().GetProperty("creditNotes")[0].GetProperty("number").GetString()));
        var done = await practice.PostAsync($"{path}/payments", """{"method":"check"}""");
        Assert.Equal(("paid", "0.00"), (done.Data().GetProperty("status").GetString(), Raw(done.Data(), "balance")));

        foreach (var print in (string[])[$"{path}/pdf", $"{path}/credit-notes/{credited.Data().GetProperty("madeId").GetString()}/pdf"])
        {
            var pdf = await practice.GetAsync(print);
            Assert.Equal((200, "application/pdf", true),
                (pdf.Status, pdf.ContentType, pdf.Body.StartsWith("%PDF", StringComparison.Ordinal)));
        }

        var payments = (await practice.GetAsync($"/api/v1/payments?invoiceId={invoice.GetProperty("id").GetString()}")).Json;
        Assert.Equal(["90.00", "62.36"], payments.GetProperty("data").EnumerateArray().Select(p => Raw(p, "amount")));
        Assert.Equal(409, (await practice.DeleteAsync(path)).Status);
        var id = payments.GetProperty("data")[0].GetProperty("id").GetString();
        Assert.Equal((200, 204, 404), ((await practice.GetAsync($"/api/v1/payments/{id}")).Status,
            (await practice.DeleteAsync($"/api/v1/payments/{id}")).Status, (await practice.DeleteAsync($"/api/v1/payments/{id}")).Status));
        Assert.Equal("90.00", Raw((await practice.GetAsync(path)).Data(), "balance"));
        var ageing = (await practice.GetAsync($"{Invoices}/ageing")).Data().GetProperty("currencies")[0];
        Assert.Equal(("90.00", "90.00", "0.00"), (Raw(ageing, "owed"), Raw(ageing, "notYetDue"), Raw(ageing, "over90Days")));
    }

    [Theory]
    [InlineData("{}", "contactId")]
    [InlineData("""{"contactId":"x","currency":"usd","lines":[{"what":"A","unitPrice":1}]}""", "contactId")]
    [InlineData("""{"contactId":1,"currency":[],"lines":{}}""", "currency")]
    [InlineData("""{"lines":[1,null,"x"]}""", "lines[0]")]
    [InlineData("""{"lines":[{"what":"A","unitPrice":"1"}]}""", "lines[0].unitPrice")]
    [InlineData("""{"lines":[{"what":"A","unitPrice":1e300}]}""", "lines[0].unitPrice")]
    [InlineData("""{"lines":[{"what":"A","unitprice":1}]}""", "lines[0].unitprice")]
    [InlineData("""{"dueOn":"tomorrow"}""", "dueOn")]
    [InlineData("""{"totals":1}""", "totals")]
    public async Task WrongBody_IsRefusedAtItsField(string body, string field)
    {
        var reply = await (await app.PracticeAsync()).PostAsync(Invoices, body);
        Assert.Equal(422, reply.Status);
        Assert.Contains($"\"{field}\"", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_TakesADueDateAndANote_AndPassesOverWhatWasRead()
    {
        var practice = await app.PracticeAsync();
        var path = await MadeAsync(practice);
        var read = (await practice.GetAsync(path)).Data();
        var changed = await PatchAsync(practice, path, read.GetRawText());
        Assert.Equal((200, Raw(read, "dueOn")), (changed.Status, Raw(changed.Data(), "dueOn")));
        changed = await PatchAsync(practice, path, """{"note":"Thank you"}""");
        Assert.Equal("Thank you", changed.Data().GetProperty("note").GetString());
        Assert.Equal(422, (await PatchAsync(practice, path, """{"dueOn":"9999-12-31"}""")).Status);
        Assert.Equal(204, (await practice.DeleteAsync(path)).Status);
        Assert.Equal("void", (await practice.GetAsync(path)).Data().GetProperty("status").GetString());
    }

    [Fact]
    public async Task OtherPractice_SeesNothing()
    {
        var (practice, other) = (await app.PracticeAsync(), await app.PracticeAsync());
        var path = await MadeAsync(practice);
        Assert.Equal(404, (await other.GetAsync(path)).Status);
        Assert.Equal(404, (await other.GetAsync($"{path}/pdf")).Status);
        Assert.Equal(404, (await other.DeleteAsync(path)).Status);
        Assert.Equal(404, (await PatchAsync(other, path, """{"note":"x"}""")).Status);
        Assert.Equal(404, (await other.PostAsync($"{path}/payments", """{"method":"cash"}""")).Status);
        Assert.Equal(404, (await other.PostAsync($"{path}/credit-notes", """{"reason":"x"}""")).Status);
        Assert.Equal(0, (await other.GetAsync(Invoices)).Json.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Lists_AreNarrowed_AndTakenOutSafelyAsCsv()
    {
        var practice = await app.PracticeAsync();
        await MadeAsync(practice, "=1+1");
        await MadeAsync(practice);
        foreach (var (query, count) in new[]
        {
            ("", 2), ("?status=open", 2), ("?status=paid", 0), ("?search=INV-1001", 1), ("?issuedOn[gte]=2020-01-01", 2),
            ("?dueOn[lte]=2020-01-01", 0), ("?limit=1", 1),
        }) Assert.Equal(count, (await practice.GetAsync(Invoices + query)).Json.GetProperty("data").GetArrayLength());
        foreach (var query in (string[])["?status=late", "?contactId=x", "?issuedOn[gte]=now", "?page=0"])
            Assert.Equal(422, (await practice.GetAsync(Invoices + query)).Status);
        var file = await practice.GetAsync($"{Invoices}/export");
        Assert.Equal((200, "text/csv"), (file.Status, file.ContentType));
        Assert.Contains("'=1+1", file.Body, StringComparison.Ordinal);
        Assert.Equal(3, file.Body.TrimEnd().Split('\n').Length);
        Assert.Contains(",usd,50.00,0.00,50.00,0.00,0.00,50.00,", file.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await practice.GetAsync("/api/v1/payments/export?paidOn[gte]=2020-01-01")).Status);
    }

    private static string Raw(JsonElement of, string name) => of.GetProperty(name).GetRawText();

    private static Task<Reply> PatchAsync(TestPractice practice, string path, string body) =>
        practice.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"), null);

    private static async Task<string> ContactAsync(TestPractice practice, string name = "Maria") =>
        (await practice.PostAsync("/api/v1/contacts", $$"""{"firstName":"{{name}}","email":"maria@example.test"}""")).Data()
            .GetProperty("id").GetString()!;

    private static async Task<string> MadeAsync(TestPractice practice, string name = "Maria") => (await practice.PostAsync(Invoices, $$"""
        {"contactId":"{{await ContactAsync(practice, name)}}","currency":"usd","lines":[{"what":"Visit","unitPrice":50}]}
        """)).Headers.Location!.ToString();
}
