using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Tests.Practice.Invoices;

public sealed class InvoiceRulesTests
{
    [Theory]
    [InlineData(null, 1001, "INV-1001")]
    [InlineData(2040, 2041, "INV-2041")]
    public void Number_FollowsTheLast(int? last, int next, string text) =>
        Assert.Equal((next, text), (InvoiceNumber.After(last), InvoiceNumber.Text(InvoiceNumber.After(last))));

    [Theory]
    [InlineData(InvoiceStatus.Open, "card", true, null)]
    [InlineData(InvoiceStatus.Overdue, "usdc", true, null)]
    [InlineData(InvoiceStatus.Paid, "card", true, "invoice_paid")]
    [InlineData(InvoiceStatus.Void, "card", true, "invoice_void")]
    [InlineData(InvoiceStatus.Paid, "card", false, "invoice_paid")] // that nothing is left to pay is said before how it could be paid
    [InlineData(InvoiceStatus.Open, "card", false, "no_payment_account")]
    [InlineData(InvoiceStatus.Open, "cash", true, "payment_method_unknown")]
    public void Pay_WhatCannotBe_IsRefused(InvoiceStatus status, string method, bool simulates, string? code) =>
        Assert.Equal(code, InvoiceRules.CannotPay(status, "card,usdc", method, simulates)?.Code);

    [Theory]
    [InlineData(StudioEnvironment.Test, false, true)]
    [InlineData(StudioEnvironment.Live, true, true)]
    [InlineData(StudioEnvironment.Live, false, false)]
    public void Payments_AreActedOut_InTheSandboxAndUntilThereIsAnAccount(StudioEnvironment environment, bool capture, bool simulates) =>
        Assert.Equal(simulates, InvoiceRules.SimulatesPayments(environment, capture));
}
