//! What nodes do: they add one to the values that they take.

use std::ops::Range;
use std::sync::Arc;

use hueless::__private::{Declaration, Inputs, accepting};
use hueless::{Call, Depends};

use super::nodes::Any;
use super::shape::Shape;

/// Adds up the values that are taken.
pub(super) fn sum(inputs: &mut Inputs, needs: &Range<usize>, first: u64) -> u64 {
    needs.clone().fold(first, |sum, _| {
        let value: Depends<Any> = inputs.depends();
        sum.wrapping_add(*value)
    })
}

/// Says how a node runs.
pub(super) fn declare(node: &mut Declaration<'_, Call>, shape: &Shape, number: usize) {
    let needs = shape.needs(number);
    if shape.is_plain(number) {
        let function = move |inputs: &mut Inputs| sum(inputs, &needs, 1);
        node.runs_plain::<Any, _, _, _>(function, accepting);
        return;
    }
    match shape.bells.clone() {
        None => {
            let function = move |inputs: &mut Inputs| {
                let sum = sum(inputs, &needs, 1);
                async move { sum }
            };
            node.runs_async::<Any, _, _, _>(function, accepting);
        }
        Some(bells) => {
            let function = move |inputs: &mut Inputs| {
                let sum = sum(inputs, &needs, 1);
                let bells = Arc::clone(&bells);
                async move {
                    bells.wait(number).await;
                    sum
                }
            };
            node.runs_async::<Any, _, _, _>(function, accepting);
        }
    }
}
