using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>Somebody at the desk writes an invoice, notes what comes in for it, and the client sees the same.</summary>
public sealed class InvoiceTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Invoice_IsMade_PaidInPart_Credited_AndPrinted()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/invoices");
        await ClickAsync(page, "New invoice");
        await ClickAsync(page, "Make the invoice");
        await Expect(page.GetByText("Choose who pays.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Say what is billed.")).ToBeVisibleAsync();

        await page.GetByLabel("For *").FillAsync("martin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Chloe Martin" }).ClickAsync();
        await page.GetByLabel("What, line 1").FillAsync("First visit");
        await page.GetByLabel("Quantity").FillAsync("1.5");
        await page.GetByLabel("Price of one").FillAsync("120");
        await page.GetByLabel("Tax in %").FillAsync("8.25");
        await Expect(page.GetByText("$194.85")).ToBeVisibleAsync();
        await ClickAsync(page, "Make the invoice");

        var sheet = page.GetByRole(AriaRole.Dialog);
        await Expect(sheet.GetByText("To be paid back")).ToHaveCountAsync(0);
        await ClickAsync(page, "Note a payment");
        await page.GetByLabel("Amount in USD *").FillAsync("999");
        await ClickAsync(page, "Note it");
        await Expect(page.GetByText("Only $194.85 is still to be paid.")).ToBeVisibleAsync();
        await page.GetByLabel("Amount in USD *").FillAsync("94.85");
        await page.GetByRole(AriaRole.Button, new() { Name = "Note it" }).DblClickAsync();
        await Expect(sheet.GetByText("$100.00")).ToBeVisibleAsync();

        await ClickAsync(page, "Credit note");
        await page.GetByLabel("Amount in USD, with tax *").FillAsync("100");
        await page.GetByLabel("Reason, for the client *").FillAsync("Waited long");
        await ClickAsync(page, "Write it");
        await Expect(sheet.GetByText("Paid", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(sheet.GetByRole(AriaRole.Link, new() { Name = "CN-" })).ToBeVisibleAsync();

        var paper = (await sheet.GetByRole(AriaRole.Link, new() { Name = "PDF" }).GetAttributeAsync("href"))!;
        var pdf = await page.APIRequest.GetAsync(paper);
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Headers["content-type"]));
        await page.GotoAsync(paper[..paper.LastIndexOf('/')]);
        await Expect(page.GetByText("Nothing to pay").Or(page.GetByText("Thank you.")).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhatIsTypedWhileTheConnectionIsGone_IsToldWhenItIsBack()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        IWebSocketRoute? socket = null;
        await page.RouteWebSocketAsync(new Regex("/_blazor"), route =>
        {
            route.ConnectToServer();
            socket = route;
        });
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/invoices");
        await page.GetByRole(AriaRole.Link, new() { Name = "INV-" }).First.ClickAsync();
        await ClickAsync(page, "Credit note");
        await page.GetByLabel("Amount in USD, with tax *").FillAsync("1");

        await page.Context.SetOfflineAsync(true);
        await socket!.CloseAsync();
        await Expect(page.GetByText("Reconnecting to the server.")).ToBeVisibleAsync();
        await page.GetByLabel("Reason, for the client *").FillAsync("Typed in a tunnel");
        await page.GetByLabel("Amount in USD, with tax *").FillAsync("2");
        await page.GetByLabel("Amount in USD, with tax *").BlurAsync();
        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("Reconnecting to the server.")).ToBeHiddenAsync();

        await ClickAsync(page, "Write it");
        await Expect(page.GetByText("Typed in a tunnel")).ToBeVisibleAsync();
        await Expect(page.GetByText("-$2.00").First).ToBeVisibleAsync();
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
