using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>SQLite's LIKE ignores case, PostgreSQL's does not: a search by LIKE becomes one by ILIKE.</summary>
internal sealed class LikeIgnoresCase : IQueryExpressionInterceptor
{
    private static readonly MethodInfo Like = typeof(DbFunctionsExtensions).GetMethod(
        nameof(DbFunctionsExtensions.Like), [typeof(DbFunctions), typeof(string), typeof(string), typeof(string)])!;
    private static readonly MethodInfo ILike = typeof(NpgsqlDbFunctionsExtensions).GetMethod(
        nameof(NpgsqlDbFunctionsExtensions.ILike), [typeof(DbFunctions), typeof(string), typeof(string), typeof(string)])!;

    private LikeIgnoresCase()
    {
    }

    public static LikeIgnoresCase Instance { get; } = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) =>
        new Rewriting().Visit(queryExpression);

    private sealed class Rewriting : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            base.VisitMethodCall(node.Method == Like ? Expression.Call(ILike, node.Arguments) : node);
    }
}
